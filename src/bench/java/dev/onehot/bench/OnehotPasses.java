package dev.onehot.bench;

import com.google.gson.Gson;
import dev.onehot.cli.DefaultTraining;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Onehot's bare passes, and as many iterations on Spark, a turn of them for each line that it is
 * sent; see {@link PassTurns}.
 */
final class OnehotPasses {

  private static final double NANOS_PER_MILLI = 1e6;

  /** Passes, and iterations. */
  private static final int A_TURN = 20;

  @Option(names = "--data", required = true)
  private String data;

  @Option(names = "--cores", required = true)
  private int cores;

  private OnehotPasses() {}

  public static void main(String[] args) throws IOException {
    OnehotPasses passes = new OnehotPasses();
    new CommandLine(passes).parseArgs(args);
    passes.takeTurns();
  }

  private void takeTurns() throws IOException {
    SparkSession session = EngineProcess.session(cores);
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    DefaultTraining training = DefaultTraining.load(spark, data);
    try (KernelPass pass =
        new KernelPass(training.blocks().collect(), training.initialLayer(), cores)) {
      WarmUp.of(() -> turn(pass, training));
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      System.out.println(PassTurns.READY);
      while (in.readLine() != null) {
        System.out.println(new Gson().toJson(turn(pass, training)));
      }
    }
    session.stop();
  }

  private static Passes turn(KernelPass pass, DefaultTraining training) {
    List<Double> passes = new ArrayList<>();
    for (int i = 0; i < A_TURN; i++) {
      long start = System.nanoTime();
      pass.run();
      passes.add((System.nanoTime() - start) / NANOS_PER_MILLI);
    }
    IterationClock clock = new IterationClock();
    training.train(A_TURN, clock);
    double median = Spread.median(passes);
    return new Passes(median, null, Spread.median(clock.milliseconds()) - median);
  }
}
