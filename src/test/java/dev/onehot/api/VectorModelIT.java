package dev.onehot.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onehot.failure.InputException;
import dev.onehot.failure.UserFailure;
import dev.onehot.job.SparkFailure;
import dev.onehot.math.Activation;
import dev.onehot.model.SoftmaxModel;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Scores, and a training, where Spark serializes with Kryo, which cannot read records. */
class VectorModelIT {

  private static final SoftmaxModel SMALL =
      new SoftmaxModel(
          new double[] {1, -2, 3, 0.5, 5, -6},
          new double[] {0.1, 0.2},
          Activation.RELU,
          0.5,
          List.of("no", "yes"));

  private static JavaSparkContext spark;

  @BeforeAll
  static void startSpark() {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setAppName("VectorModelIT")
                .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer"));
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  @Test
  void aModelThatWasTrainedScoresAsItDoesWithoutSpark() {
    List<Vector> rows = DigitVectors.SOME.features();
    TrainingOutcome trained =
        new SoftmaxRegressionTrainer()
            .withOptions(options -> options.withIterations(3))
            .train(DigitVectors.SOME.rdd(spark, 3));
    SoftmaxModel model = trained.model().model();

    for (int partitions : new int[] {1, 2, 7}) {
      List<Prediction> predictions =
          trained.model().score(spark.parallelize(rows, partitions)).collect();

      assertThat(predictions).hasSameSizeAs(rows);
      for (int r = 0; r < rows.size(); r++) {
        double[] row = rows.get(r).toArray();
        assertThat(predictions.get(r).classIndex()).isEqualTo(model.predict(row));
        assertThat(predictions.get(r).probabilities().toArray())
            .isEqualTo(model.probabilities(row));
      }
    }
  }

  @Test
  void sparseAndDenseVectorsHaveTheSameScore() {
    VectorModel model = new VectorModel(SMALL);
    List<Vector> rows = new ArrayList<>();
    for (int r = 0; r < 100; r++) {
      Vector dense = Vectors.dense(r % 3 * 0.1, 0, -r / 7.0);
      rows.add(dense);
      rows.add(dense.toSparse());
      rows.add(Vectors.sparse(3, new int[] {0, 1, 2}, dense.toArray()));
    }

    List<Prediction> predictions = model.score(spark.parallelize(rows, 4)).collect();

    for (int r = 0; r < rows.size(); r++) {
      Prediction first = predictions.get(r / 3 * 3);
      assertThat(predictions.get(r)).hasToString(first.toString());
      assertThat(model.score(rows.get(r))).hasToString(first.toString());
    }
  }

  @Test
  void aPredictionHasALabelAndProbabilities() {
    Prediction prediction = new VectorModel(SMALL).score(Vectors.dense(0, 0, -1));

    assertThat(prediction.label()).isEqualTo("yes");
    assertThat(prediction.classIndex()).isEqualTo(1);
    assertThat(prediction.probability()).isEqualTo(prediction.probabilities().apply(1));
    assertThat(prediction.probabilities().toArray())
        .isEqualTo(SMALL.probabilities(new double[] {0, 0, -1}));
  }

  @Test
  void weightsAreAMatrixOfSparks() {
    DenseMatrix weights = new VectorModel(SMALL).weights();

    assertThat(weights.numRows()).isEqualTo(3);
    assertThat(weights.numCols()).isEqualTo(2);
    assertThat(weights.apply(0, 1)).isEqualTo(-2);
    assertThat(weights.apply(2, 0)).isEqualTo(5);
    assertThat(weights.values()).containsExactly(1, 3, 5, -2, 0.5, -6);
    assertThat(new VectorModel(SMALL).bias().toArray()).containsExactly(0.1, 0.2);
  }

  @Test
  void vectorsThatAreNoRowsForTheModelAreNamed() {
    assertRefused(
        Vectors.dense(1, 2),
        "the RDD: row 3 of partition 1: found 2 features, but the model takes 3; use rows and a"
            + " model that fit");
    assertRefused(
        Vectors.dense(1, 2, Double.NaN),
        "the RDD: row 3 of partition 1, index 2: found NaN, expected a number of float32, at most"
            + " 3.4028235E38 in magnitude");
    assertRefused(
        Vectors.sparse(3, new int[] {1}, new double[] {-1e40}),
        "the RDD: row 3 of partition 1, index 1: found -1.0E40, expected a number of float32, at"
            + " most 3.4028235E38 in magnitude");
  }

  private static void assertRefused(Vector bad, String message) {
    Vector good = Vectors.dense(1, 2, 3);
    JavaRDD<Prediction> predictions =
        new VectorModel(SMALL)
            .score(spark.parallelize(List.of(good, good, good, good, good, bad), 2));

    assertThatThrownBy(predictions::count)
        .extracting(failure -> SparkFailure.find(failure).orElseThrow())
        .isInstanceOf(InputException.class)
        .extracting(UserFailure::getMessage)
        .isEqualTo(message);
  }
}
