package dev.onehot.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.math.FeatureScaling;
import dev.onehot.math.FeatureValues;
import dev.onehot.math.FloatBlock;
import dev.onehot.math.RowBlock;
import dev.onehot.math.SparseRows;
import dev.onehot.math.SplitMix64;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sparse rows of more features than a covariance can be computed of. */
class WideTrainingIT {

  private static final int FEATURES = 3000;
  private static final int CLASSES = 5;
  private static final int ROWS = 6 * RowBlock.ROWS;
  private static final int WORDS = 40;

  private static JavaSparkContext spark;

  @BeforeAll
  static void start() {
    spark = new JavaSparkContext(new SparkConf().setAppName("wide training"));
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @Test
  void aTextIsLearntWithTheDefaultsAndNoLossRises() {
    TrainingResult result = train(texts(1), 2, false);

    assertThat(TrainingOptions.defaults(FEATURES).precondition())
        .isEqualTo(Preconditioning.INDEPENDENT);
    assertThat(result.history())
        .extracting(IterationMetrics::learningRate)
        .last()
        .isEqualTo(OptimizerKind.NESTEROV.defaultLearningRate(Preconditioning.INDEPENDENT));
    assertThat(result.metrics().accuracy()).isGreaterThan(0.98);
    // A diagonal has no step that fits all directions.
    TrainingOptions variance =
        TrainingOptions.defaults(OptimizerKind.NESTEROV, Preconditioning.VARIANCE);
    assertThat(result.metrics().loss())
        .isLessThan(
            new Trainer(variance, List.of()).train(spark, data(texts(1), 2)).metrics().loss() / 5);
  }

  @Test
  void featuresThatAreAllAlikeMakeStepsShorterInsteadOfTooLong() {
    // Each of 100 words stands for 30 features, so curvature is 30 times as large as expected.
    TrainingResult result = train(texts(30), 2, false);

    assertThat(result.history())
        .extracting(IterationMetrics::learningRate)
        .last()
        .isEqualTo(OptimizerKind.NESTEROV.defaultLearningRate(Preconditioning.INDEPENDENT));
    assertThat(result.metrics().loss()).isLessThan(result.history().get(0).loss() / 1.2);
  }

  @Test
  void partitionsDoNotChangeABit() {
    List<RowBlock> blocks = texts(1);
    TrainingResult one = train(blocks, 1, true);
    TrainingResult five = train(blocks, 5, true);

    assertThat(five.weights()).isEqualTo(one.weights());
    assertThat(five.bias()).isEqualTo(one.bias());
  }

  private static TrainingResult train(List<RowBlock> blocks, int partitions, boolean bias) {
    return new Trainer(TrainingOptions.defaults(FEATURES).withBias(bias), List.of())
        .train(spark, data(blocks, partitions));
  }

  private static TrainingSet data(List<RowBlock> blocks, int partitions) {
    return new TrainingSet(
        spark.parallelize(blocks, partitions).cache(),
        "texts",
        blocks.stream().mapToLong(RowBlock::fingerprint).sum(),
        ROWS,
        0,
        CLASSES,
        VALUES,
        meanSquares(blocks),
        null);
  }

  private static double[] meanSquares(List<RowBlock> blocks) {
    double[] squares = new double[FEATURES];
    for (RowBlock block : blocks) {
      for (int r = 0; r < block.rows(); r++) {
        block.forEachNonZero(r, (j, value) -> squares[j] += (double) value * value / ROWS);
      }
    }
    return squares;
  }

  private static final FeatureValues VALUES =
      FeatureValues.real(new short[FEATURES], FeatureScaling.uniform(1));

  /**
   * Rows of 40 words, of which a few are frequent; each word belongs to a class, and a row to the
   * class that has the most of its words.
   *
   * @param copies how many features each word has
   */
  private static List<RowBlock> texts(int copies) {
    int words = FEATURES / copies;
    List<RowBlock> blocks = new ArrayList<>();
    for (int first = 0; first < ROWS; first += RowBlock.ROWS) {
      int[] labels = new int[RowBlock.ROWS];
      int[] starts = new int[RowBlock.ROWS + 1];
      int[] columns = new int[RowBlock.ROWS * WORDS * copies];
      float[] values = new float[columns.length];
      int end = 0;
      for (int r = 0; r < RowBlock.ROWS; r++) {
        double[] votes = new double[CLASSES];
        TreeMap<Integer, Integer> counts = counts(first + r, words);
        float unit = (float) (1 / Math.sqrt(counts.size() * copies));
        for (int word : counts.keySet()) {
          votes[(int) Long.remainderUnsigned(SplitMix64.mix(word), CLASSES)]++;
          for (int copy = 0; copy < copies; copy++) {
            columns[end] = word * copies + copy;
            values[end++] = unit;
          }
        }
        labels[r] =
            IntStream.range(0, CLASSES).reduce(0, (best, c) -> votes[c] > votes[best] ? c : best);
        starts[r + 1] = end;
      }
      SparseRows rows =
          new SparseRows(FEATURES, starts, Arrays.copyOf(columns, end), Arrays.copyOf(values, end));
      int[] order = IntStream.range(0, RowBlock.ROWS).toArray();
      blocks.add(FloatBlock.of(blocks.size(), first, order, labels, null, rows, VALUES, null));
    }
    return blocks;
  }

  private static TreeMap<Integer, Integer> counts(long row, int words) {
    SplitMix64 random = new SplitMix64();
    random.start(5, row);
    TreeMap<Integer, Integer> counts = new TreeMap<>();
    for (int w = 0; w < WORDS; w++) {
      double u = random.between(0, 1);
      counts.merge((int) (words * u * u * u), 1, Integer::sum);
    }
    return counts;
  }
}
