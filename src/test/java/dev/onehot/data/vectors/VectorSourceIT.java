package dev.onehot.data.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onehot.data.KnownRows;
import dev.onehot.data.RowSource;
import dev.onehot.failure.InputException;
import dev.onehot.failure.UserFailure;
import dev.onehot.job.DataOptions;
import dev.onehot.job.ModelTraining;
import dev.onehot.job.Sources;
import dev.onehot.job.SparkFailure;
import dev.onehot.job.TrainingData;
import dev.onehot.job.TrainingJobOptions;
import dev.onehot.report.Console;
import dev.onehot.report.Warnings;
import dev.onehot.train.TrainingOptions;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VectorSourceIT {

  private static final int ROWS = 700;

  private static JavaSparkContext spark;

  /** Static, since tasks look here for what the RDD shall give when it is computed. */
  private static volatile Change change;

  @BeforeAll
  static void startSpark() {
    spark = new JavaSparkContext(new SparkConf().setAppName("VectorSourceIT"));
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  @Test
  void rowsHaveTheirPlaceInTheRddWhereverPiecesEnd() {
    RowSource whole = surveyed(VectorSource.of(rdd(rows(), 1)));
    RowSource cut = surveyed(VectorSource.of(rdd(rows(), 5), 100));

    assertThat(cut.rows()).isEqualTo(ROWS);
    assertThat(cut.features()).isEqualTo(4);
    assertThat(cut.classLabels()).containsExactly("0", "1", "2");
    assertThat(firstFeatures(cut))
        .isEqualTo(firstFeatures(whole))
        .hasSize(ROWS)
        .startsWith(0f, 1f, 2f);
  }

  private static List<Float> firstFeatures(RowSource source) {
    List<Float> all = new ArrayList<>();
    source
        .rowsInOrder(spark, 1)
        .collect()
        .forEach(
            chunk -> {
              assertThat(chunk.firstPosition()).isEqualTo(all.size());
              float[] row = new float[chunk.features()];
              for (int r = 0; r < chunk.rows(); r++) {
                chunk.copyFeatures(r, row);
                all.add(row[0]);
              }
            });
    source.forget();
    return all;
  }

  @Test
  void emptyPartitionsAndAnRddWithoutPartitionsAreFine() {
    JavaRDD<LabelledVector> gaps = rdd(rows(), 5).filter(row -> row.features().apply(0) > 200);

    RowSource withGaps = surveyed(VectorSource.of(gaps));
    assertThat(firstFeatures(withGaps)).hasSize((int) gaps.count()).startsWith(201f, 202f);
    assertRefused(spark.<LabelledVector>emptyRDD(), "the RDD: has no rows");
    assertRefused(rdd(rows(), 3).filter(row -> false), "the RDD: has no rows");
  }

  @Test
  void badRowsAreNamedByTheirPlaceInTheRdd() {
    assertRefused(
        with(450, LabelledVector.of(1, Vectors.dense(1, Double.NaN, 3, 4))),
        "the RDD: row 451, index 1: found NaN, expected a number of float32, at most 3.4028235E38"
            + " in magnitude; filter such rows out of the RDD");
    assertRefused(
        with(0, LabelledVector.of(1, Vectors.sparse(4, new int[] {3}, new double[] {1e39}))),
        "the RDD: row 1, index 3: found 1.0E39, expected a number of float32, at most"
            + " 3.4028235E38 in magnitude; filter such rows out of the RDD");
    assertRefused(
        with(ROWS - 1, LabelledVector.of(1, Vectors.dense(1, 2, 3, Double.NEGATIVE_INFINITY))),
        "the RDD: row 700, index 3: found -Infinity, expected a number of float32, at most"
            + " 3.4028235E38 in magnitude; filter such rows out of the RDD");
    assertRefused(
        with(7, LabelledVector.of(1, Vectors.dense(1, 2, 3))),
        "the RDD: row 8: found 3 features, expected 4 as in the rows before it; filter such rows"
            + " out of the RDD");
    assertRefused(
        with(7, LabelledVector.of(1, Vectors.dense(new double[0]))),
        "the RDD: row 8: found a vector of size 0, expected at least one feature; filter such rows"
            + " out of the RDD");
    assertRefused(
        with(7, LabelledVector.of(1, Vectors.dense(1, 2, 3, 4)).withWeight(-0.5)),
        "the RDD: row 8, weight: found -0.5, expected a number from 0 to 3.4028235E38 (float32);"
            + " filter such rows out of the RDD");
    assertRefused(
        with(7, LabelledVector.of(Double.NaN, Vectors.dense(1, 2, 3, 4))),
        "the RDD: row 8, label: found \"NaN\", expected the name or the number of a class; filter"
            + " such rows out of the RDD");
    assertRefused(
        with(7, LabelledVector.of(" ", Vectors.dense(1, 2, 3, 4))),
        "the RDD: row 8, label: found \"\", expected the name or the number of a class; filter such"
            + " rows out of the RDD");
  }

  @Test
  void vectorsOfDifferentSizesAreNoticedAcrossPartitions() {
    JavaRDD<LabelledVector> wider =
        spark.parallelize(
            List.of(
                LabelledVector.of(0, Vectors.dense(1, 2)),
                LabelledVector.of(1, Vectors.dense(1, 2)),
                LabelledVector.of(0, Vectors.sparse(3, new int[0], new double[0])),
                LabelledVector.of(1, Vectors.dense(1, 2, 3))),
            2);
    wider.setName("of two sizes");

    assertRefused(
        wider,
        "the RDD of two sizes: row 3: found 3 features, expected 2 as in row 1; all vectors must"
            + " have one size");
  }

  @Test
  void labelsThatAreNoClassesAreRefused() {
    assertRefused(
        rdd(rows(), 2).map(row -> LabelledVector.of("a", row.features())),
        "the RDD: all rows have the label a, and a model needs two classes at least; add rows of"
            + " other classes, or give each row the label of its class");
    assertRefused(
        spark.parallelize(
            IntStream.range(0, 1001).mapToObj(r -> LabelledVector.of(r, Vectors.dense(1))).toList(),
            2),
        "the RDD: has more than 1,000 different labels, which are too many for classes; give each"
            + " row the label of its class");
  }

  /** How an RDD differs when it is computed again. */
  private enum Change {
    VALUES,
    LABELS,
    OTHER_CLASS,
    FEWER_ROWS,
    MORE_ROWS,
    ORDER,
    SIZES
  }

  @ParameterizedTest
  @EnumSource
  void anRddThatGivesOtherRowsWhenItIsComputedAgainIsNoticed(Change next) {
    change = null;
    JavaRDD<LabelledVector> rows =
        rdd(rows(), 3)
            .mapPartitionsWithIndex(
                (partition, all) -> changed(partition, all, change).iterator(), false);
    Console console = new Console(new PrintStream(OutputStream.nullOutputStream()), false);
    Sources sources =
        new Sources(VectorSource.of(rows), null).surveyed(spark, KnownRows.nothing(), console);
    var options =
        new TrainingJobOptions(
            DataOptions.defaults(),
            TrainingOptions.defaults(4).withIterations(2),
            null,
            null,
            null);
    var training =
        new ModelTraining(spark, sources, options.decided(sources), console, new Warnings(console));
    try (TrainingData data = training.load()) {
      change = next;
      data.training().blocks().unpersist(true);

      assertThatThrownBy(() -> training.train(data, null, List.of()))
          .extracting(
              failure ->
                  SparkFailure.find(failure)
                      .map(UserFailure::getMessage)
                      .orElse(failure.toString()))
          .asString()
          .startsWith("the RDD: changed since the run began")
          .endsWith("; run again on input that stays as it is");
    } finally {
      sources.training().forget();
    }
  }

  private static List<LabelledVector> changed(
      int partition, java.util.Iterator<LabelledVector> all, Change how) {
    List<LabelledVector> rows = new ArrayList<>();
    all.forEachRemaining(rows::add);
    if (how == null || partition != 1) {
      return rows;
    }
    LabelledVector row = rows.get(5);
    switch (how) {
      case VALUES -> rows.set(5, LabelledVector.of(row.label(), Vectors.dense(7, 7, 7, 7)));
      case LABELS ->
          rows.set(5, LabelledVector.of(row.label().equals("1") ? 2 : 1, row.features()));
      case OTHER_CLASS -> rows.set(5, LabelledVector.of(77, row.features()));
      case FEWER_ROWS -> rows.remove(5);
      case MORE_ROWS -> rows.add(row);
      case ORDER -> rows.add(rows.remove(5));
      case SIZES -> rows.replaceAll(VectorSourceIT::wider);
    }
    return rows;
  }

  private static LabelledVector wider(LabelledVector row) {
    double[] features = Arrays.copyOf(row.features().toArray(), 5);
    features[4] = 9;
    return LabelledVector.of(row.label(), Vectors.dense(features));
  }

  /** Row r has the values r, and some that differ from row to row, all whole numbers of a byte. */
  private static List<LabelledVector> rows() {
    List<LabelledVector> rows = new ArrayList<>();
    for (int r = 0; r < ROWS; r++) {
      Vector features = Vectors.dense(r % 256, r % 7, 255 - r % 256, r % 3 * 50);
      rows.add(LabelledVector.of(r % 3, r % 2 == 0 ? features : features.toSparse()));
    }
    return rows;
  }

  private static JavaRDD<LabelledVector> with(int index, LabelledVector row) {
    List<LabelledVector> rows = rows();
    rows.set(index, row);
    return rdd(rows, 3);
  }

  private static JavaRDD<LabelledVector> rdd(List<LabelledVector> rows, int partitions) {
    return spark.parallelize(rows, partitions);
  }

  private static RowSource surveyed(RowSource source) {
    return source.surveyed(spark, KnownRows.nothing(), 2, note -> {}, rows -> {});
  }

  private static void assertRefused(JavaRDD<LabelledVector> rows, String message) {
    assertThatThrownBy(() -> surveyed(VectorSource.of(rows)))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
    assertThat(spark.getPersistentRDDs()).isEmpty();
  }
}
