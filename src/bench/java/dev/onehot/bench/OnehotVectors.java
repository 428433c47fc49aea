package dev.onehot.bench;

import dev.onehot.api.VectorModel;
import dev.onehot.data.RowSource;
import dev.onehot.data.vectors.LabelledVector;
import dev.onehot.data.vectors.VectorSource;
import dev.onehot.job.DataOptions;
import dev.onehot.job.ModelTraining;
import dev.onehot.job.Sources;
import dev.onehot.job.TrainedModel;
import dev.onehot.job.TrainingData;
import dev.onehot.job.TrainingJobOptions;
import dev.onehot.math.ScalingKind;
import dev.onehot.report.Console;
import dev.onehot.report.Warnings;
import dev.onehot.train.TrainingListener;
import dev.onehot.train.TrainingOptions;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vector;

/** Onehot with its defaults. */
final class OnehotVectors implements VectorTraining {

  private static final double NANOS_PER_MILLI = 1e6;

  private final JavaSparkContext spark;
  private final JavaRDD<LabelledVector> rows;
  private final JavaRDD<LabelledVector> test;
  private final JavaRDD<Vector> testVectors;
  private final long testRows;
  private final Console console = new Console(System.err, false);
  private final Sources sources;
  private final TrainingData loaded;

  OnehotVectors(
      JavaSparkContext spark, JavaRDD<LabelledVector> rows, JavaRDD<LabelledVector> test) {
    this.spark = spark;
    this.rows = rows;
    this.test = test;
    testVectors = test.map(LabelledVector::features);
    testRows = test.count();
    sources = surveyed();
    loaded = training(sources, 1).load();
    sources.training().forget();
  }

  private Sources surveyed() {
    return new Sources(VectorSource.of(rows), null)
        .surveyed(spark, DataOptions.defaults().known(), console);
  }

  private ModelTraining training(Sources of, int iterations) {
    RowSource source = of.training();
    TrainingOptions options =
        TrainingOptions.defaults(source.features())
            .withIterations(iterations)
            .decided(ScalingKind.defaultFor(source.values(), source.isSparse()));
    return new ModelTraining(
        spark,
        of,
        new TrainingJobOptions(DataOptions.defaults(), options, null, null, null),
        console,
        new Warnings(console));
  }

  @Override
  public Run fit(int iterations) {
    List<Double> milliseconds = new ArrayList<>();
    long[] last = {0};
    TrainingListener listener =
        metrics -> {
          long now = System.nanoTime();
          if (last[0] != 0) {
            milliseconds.add((now - last[0]) / NANOS_PER_MILLI);
          }
          last[0] = now;
        };
    long start = System.nanoTime();
    TrainedModel trained = training(sources, iterations).train(loaded, null, List.of(listener));
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Run(seconds, accuracy(trained), milliseconds);
  }

  /** Seconds from vectors in memory to a model, with building and profiling of blocks. */
  double secondsWithLoading(int iterations) {
    long start = System.nanoTime();
    Sources again = surveyed();
    ModelTraining training = training(again, iterations);
    try (TrainingData data = training.load()) {
      training.train(data, null, List.of());
    } finally {
      again.training().forget();
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private double accuracy(TrainedModel trained) {
    List<String> labels = test.map(LabelledVector::label).collect();
    List<String> predicted =
        new VectorModel(trained.model())
            .score(testVectors)
            .map(prediction -> prediction.label())
            .collect();
    long right = 0;
    for (int r = 0; r < labels.size(); r++) {
      if (labels.get(r).equals(predicted.get(r))) {
        right++;
      }
    }
    return (double) right / testRows;
  }

  @Override
  public long cachedBytes() {
    return loaded.training().profile().memoryBytes();
  }

  long nonZeros() {
    return loaded.training().profile().nonZeros();
  }
}
