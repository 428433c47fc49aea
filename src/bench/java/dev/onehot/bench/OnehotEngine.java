package dev.onehot.bench;

import dev.onehot.cli.DefaultTraining;
import dev.onehot.math.BlockKernel;
import dev.onehot.model.SoftmaxModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Onehot's own trainer with the defaults of {@code train}. */
final class OnehotEngine implements Engine<SoftmaxModel> {

  private final JavaSparkContext spark;
  private final List<Double> iterations = new ArrayList<>();
  private DefaultTraining training;

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
    IterationClock clock = new IterationClock();
    SoftmaxModel model = training.train(count, clock);
    iterations.addAll(clock.milliseconds());
    return model;
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
