package dev.onehot.bench;

import dev.onehot.cli.DefaultTraining;
import dev.onehot.math.BlockKernel;
import dev.onehot.math.RowBlock;
import dev.onehot.model.SoftmaxModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Onehot's own trainer with the defaults of {@code train}. */
final class OnehotEngine implements Engine<SoftmaxModel> {

  private static final double NANOS_PER_MILLI = 1e6;

  /** Passes of a turn, and iterations. */
  private static final int A_TURN = 20;

  private final JavaSparkContext spark;
  private final List<Double> iterations = new ArrayList<>();
  private DefaultTraining training;

  /** The training rows outside Spark, once passes over them have begun. */
  private List<RowBlock> blocks;

  private OnehotEngine(SparkSession session) {
    spark = JavaSparkContext.fromSparkContext(session.sparkContext());
  }

  public static void main(String[] args) throws IOException {
    EngineProcess.run(args, OnehotEngine::new);
  }

  @Override
  public void load(String folder) {
    training = DefaultTraining.load(spark, folder);
  }

  @Override
  public long trainingRows() {
    return training.trainingRows();
  }

  @Override
  public long testRows() {
    return training.testRows();
  }

  @Override
  public List<String> variants() {
    return List.of("defaults");
  }

  @Override
  public void prepare(String variant) {}

  @Override
  public SoftmaxModel fit(String variant, int count) {
    long[] last = {0};
    return training.train(
        count,
        metrics -> {
          long now = System.nanoTime();
          if (last[0] != 0) {
            iterations.add((now - last[0]) / NANOS_PER_MILLI);
          }
          last[0] = now;
        });
  }

  @Override
  public double testAccuracy(SoftmaxModel model) {
    return training.testAccuracy(model);
  }

  @Override
  public void startRecording() {
    iterations.clear();
  }

  @Override
  public List<Double> iterationMilliseconds() {
    return iterations;
  }

  @Override
  public long cachedBytes() {
    return training.cachedBytes();
  }

  @Override
  public Passes takeTurn() {
    if (blocks == null) {
      blocks = training.blocks().collect();
    }
    List<Double> passes = new ArrayList<>();
    try (KernelPass pass =
        new KernelPass(blocks, training.initialWeights(), spark.defaultParallelism())) {
      for (int i = 0; i < A_TURN; i++) {
        long start = System.nanoTime();
        pass.run();
        passes.add((System.nanoTime() - start) / NANOS_PER_MILLI);
      }
    }
    startRecording();
    fit("defaults", A_TURN);
    double median = Spread.median(passes);
    return new Passes(median, null, Spread.median(iterations) - median);
  }

  @Override
  public Map<String, String> versions() {
    return Map.of(
        "kernel",
        BlockKernel.description(),
        "spark",
        spark.version(),
        "options",
        training.options(1) + "");
  }
}
