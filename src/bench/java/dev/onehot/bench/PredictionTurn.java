package dev.onehot.bench;

import com.google.gson.Gson;
import com.sun.management.OperatingSystemMXBean;
import dev.onehot.job.PeakMemory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** A JVM that predicts the same rows several times: the first time cold, then warm. */
final class PredictionTurn {

  /** What stdout's line with the figures begins with. */
  static final String FIGURES = "figures ";

  /**
   * What one prediction took.
   *
   * @param cpuSeconds the processor time of the whole process meanwhile
   */
  record Run(double seconds, double cpuSeconds) {}

  /**
   * The figures of a turn.
   *
   * @param runs the cold one, then the warm ones
   * @param peakBytes of resident memory; 0 if the system doesn't say
   */
  record Figures(List<Run> runs, long peakBytes) {}

  @Option(names = "--predictor", required = true)
  private Predictor predictor;

  @Option(names = "--model", required = true)
  private String model;

  @Option(names = "--rows", required = true)
  private String rows;

  @Option(names = "--out", required = true)
  private Path out;

  @Option(names = "--cores", required = true)
  private int cores;

  @Option(names = "--runs", required = true)
  private int runs;

  private PredictionTurn() {}

  public static void main(String[] args) throws IOException {
    PredictionTurn turn = new PredictionTurn();
    new CommandLine(turn).parseArgs(args);
    System.out.println(FIGURES + new Gson().toJson(turn.measure()));
  }

  private Figures measure() throws IOException {
    SparkSession spark =
        SparkSession.builder()
            .master("local[" + cores + "]")
            .appName("prediction")
            .config("spark.ui.enabled", "false")
            .getOrCreate();
    List<Run> done = new ArrayList<>();
    for (int r = 0; r < runs; r++) {
      long cpuStart = cpuNanos();
      long start = System.nanoTime();
      predictor.predict(spark, model, rows, out.resolve("run-" + r).toString());
      done.add(new Run((System.nanoTime() - start) / 1e9, (cpuNanos() - cpuStart) / 1e9));
    }
    spark.stop();
    return new Figures(done, PeakMemory.residentBytes());
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
