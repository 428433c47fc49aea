package dev.onehot.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onehot.data.vectors.LabelledVector;
import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.job.DataOptions;
import dev.onehot.job.ModelTraining;
import dev.onehot.job.Sources;
import dev.onehot.job.TrainingData;
import dev.onehot.job.TrainingJobOptions;
import dev.onehot.report.Console;
import dev.onehot.report.Warnings;
import dev.onehot.train.TrainingOptions;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Trainings on RDDs of somebody's own. */
class SoftmaxRegressionTrainerIT {

  private static final int ITERATIONS = 3;

  private static final SoftmaxRegressionTrainer TRAINER =
      new SoftmaxRegressionTrainer().withOptions(options -> options.withIterations(ITERATIONS));

  /** Static, since tasks count here how often rows were computed. */
  private static final AtomicInteger COMPUTED = new AtomicInteger();

  private static JavaSparkContext spark;

  @BeforeAll
  static void startSpark() {
    spark = new JavaSparkContext(new SparkConf().setAppName("SoftmaxRegressionTrainerIT"));
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  @Test
  void anyPartitionsGiveTheBitsOfTheSameRowsFromAnotherSource() {
    String expected = w1OfTheSource();

    for (int partitions : new int[] {1, 2, 7}) {
      TrainingOutcome trained =
          TRAINER.withPartitions(partitions).train(DigitVectors.SOME.rdd(spark, partitions));

      assertThat(trained.model().model().w1Sha256())
          .as("%d partitions", partitions)
          .isEqualTo(expected);
      assertThat(trained.history()).hasSize(ITERATIONS + 1);
      assertThat(trained.model().model().classNames()).startsWith("0", "1").hasSize(10);
    }
  }

  /** What the use cases train on the digits themselves, which never were vectors. */
  private static String w1OfTheSource() {
    Console console = new Console(new PrintStream(OutputStream.nullOutputStream()), false);
    var options =
        new TrainingJobOptions(
            DataOptions.defaults(),
            TrainingOptions.defaults(DigitVectors.SOME.source().features())
                .withIterations(ITERATIONS),
            null,
            null,
            null);
    var sources = new Sources(DigitVectors.SOME.source(), null);
    var training =
        new ModelTraining(spark, sources, options.decided(sources), console, new Warnings(console));
    try (TrainingData data = training.load()) {
      return training.train(data, null, List.of()).model().w1Sha256();
    }
  }

  @Test
  void sparseAndDenseVectorsOfTheSameNumbersGiveTheSameBits() {
    JavaRDD<LabelledVector> sparse =
        DigitVectors.SOME.rdd(
            spark, 2, row -> LabelledVector.of(row.label(), row.features().toSparse()));

    assertThat(w1(sparse)).isEqualTo(w1(DigitVectors.SOME.rdd(spark, 2)));
  }

  @Test
  void labelsAreTheSameAsNumbersAndAsTexts() {
    JavaRDD<LabelledVector> texts =
        DigitVectors.SOME.rdd(
            spark, 2, row -> LabelledVector.of(" +" + row.label() + ".0 ", row.features()));

    assertThat(w1(texts)).isEqualTo(w1(DigitVectors.SOME.rdd(spark, 2)));
  }

  @Test
  void classesHaveTheNamesOfTheirLabels() {
    TrainingOutcome named = TRAINER.train(small("setosa", "virginica", "setosa"));
    TrainingOutcome numbered = TRAINER.train(small("10", "9", "-1"));

    assertThat(named.model().model().classNames()).containsExactly("setosa", "virginica");
    assertThat(numbered.model().model().classNames()).containsExactly("-1", "9", "10");
  }

  private static JavaRDD<LabelledVector> small(String... labels) {
    List<LabelledVector> rows = new ArrayList<>();
    for (int r = 0; r < labels.length; r++) {
      rows.add(LabelledVector.of(labels[r], Vectors.dense(r, 3 - r)));
    }
    return spark.parallelize(rows, 2);
  }

  private static String w1(JavaRDD<LabelledVector> rows) {
    return TRAINER.train(rows).model().model().w1Sha256();
  }

  @Test
  void rowsAreComputedOnceAndNothingIsLeftBehind() {
    COMPUTED.set(0);
    JavaRDD<LabelledVector> rows =
        DigitVectors.SOME
            .rdd(spark, 3)
            .map(
                row -> {
                  COMPUTED.incrementAndGet();
                  return row;
                });
    spark.setJobDescription("of the program");

    TRAINER.train(rows);

    assertThat(COMPUTED).hasValue(1200);
    assertThat(spark.getPersistentRDDs()).isEmpty();
    assertThat(spark.getLocalProperty("spark.job.description")).isEqualTo("of the program");
    spark.setJobDescription(null);
  }

  @Test
  void rowsHeldBackAreMeasured() {
    TrainingOutcome trained =
        TRAINER.withValidationFraction(0.3).train(DigitVectors.SOME.rdd(spark, 2));

    assertThat(trained.metrics().validationAccuracy()).isBetween(0.5, 1.0);
  }

  @Test
  void aTrainingThatIsRefusedLeavesNothingBehind() {
    SoftmaxRegressionTrainer trainer =
        new SoftmaxRegressionTrainer().withOptions(options -> options.withPatience(5));

    assertThatThrownBy(() -> trainer.train(DigitVectors.SOME.rdd(spark, 2)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage("patience 5 needs rows to validate on: set validation-fraction, such as 0.1");
    assertThat(spark.getPersistentRDDs()).isEmpty();
  }
}
