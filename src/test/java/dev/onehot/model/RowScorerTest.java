package dev.onehot.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.onehot.math.Activation;
import dev.onehot.math.ByteRows;
import dev.onehot.math.FeatureScaling;
import dev.onehot.math.FloatRows;
import dev.onehot.math.RowValues;
import dev.onehot.math.SparseRows;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RowScorerTest {

  private static final int FEATURES = 37;

  /** Fewer than are summed at a time, as many, and numbers that do not divide. */
  private static final int[] CLASSES = {1, 2, 4, 5, 6, 10, 11, 17, 26};

  @ParameterizedTest
  @EnumSource
  void theFiguresHaveTheBitsOfTheModels(Activation activation) {
    for (int classes : CLASSES) {
      requireBitsOfModel(activation, classes);
    }
  }

  private static void requireBitsOfModel(Activation activation, int classes) {
    SplittableRandom random = new SplittableRandom(5);
    double[] weights = random.doubles(FEATURES * classes, -1, 1).toArray();
    double[] bias = random.doubles(classes, -1, 1).toArray();
    List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    for (double[] b : new double[][] {bias, null}) {
      SoftmaxModel model = new SoftmaxModel(weights, b, activation, 1 / 255.0, names);
      RowScorer scorer = model.scorer();
      for (int row = 0; row < 200; row++) {
        double[] dense = new double[FEATURES];
        int[] columns = new int[FEATURES];
        float[] values = new float[FEATURES];
        int count = 0;
        for (int j = 0; j < FEATURES; j++) {
          if (random.nextInt(3) == 0) {
            dense[j] = (float) random.nextDouble(-300, 300);
            columns[count] = j;
            values[count++] = (float) dense[j];
          }
        }
        scorer.score(columns, values, count);
        double[] expected = model.probabilities(dense);
        assertThat(IntStream.range(0, classes).mapToDouble(scorer::probability).toArray())
            .isEqualTo(expected);
        assertThat(scorer.label()).isEqualTo(model.predict(dense));
        assertThat(scorer.rank(scorer.label())).isZero();
        assertThat(IntStream.range(0, classes).map(scorer::rank).sorted().toArray())
            .isEqualTo(IntStream.range(0, classes).toArray());
      }
    }
  }

  @Test
  void rowsOfEveryLayoutHaveTheBitsOfTheModels() {
    SplittableRandom random = new SplittableRandom(6);
    double[] shifts = random.doubles(FEATURES, -100, 100).toArray();
    double[] means = random.doubles(FEATURES, -100, 100).toArray();
    shifts[3] = 0;
    for (double[] b : new double[][] {{1, -1, 2}, null}) {
      for (double[] shift : new double[][] {shifts, null}) {
        SoftmaxModel model =
            new SoftmaxModel(
                    random.doubles(FEATURES * 3, -1, 1).toArray(),
                    b,
                    Activation.IDENTITY,
                    FeatureScaling.of(random.doubles(FEATURES, 1e-3, 2).toArray(), shift),
                    List.of("a", "b", "c"))
                .withMissingMeans(means);
        float[] real = new float[4 * FEATURES];
        byte[] bytes = new byte[real.length];
        for (int i = 0; i < real.length; i++) {
          real[i] = random.nextInt(3) == 0 ? (float) random.nextDouble(-300, 300) : 0;
          bytes[i] = (byte) (random.nextInt(2) * random.nextInt(256));
        }
        real[5] = Float.NaN;
        requireBitsOfModel(model, new ByteRows(FEATURES, bytes));
        requireBitsOfModel(model, new FloatRows(FEATURES, real));
        requireBitsOfModel(model, sparse(real));
      }
    }
  }

  private static RowValues sparse(float[] real) {
    // Rows count as sparse if any of them are.
    return RowValues.joined(
        List.of(
            new SparseRows(FEATURES, new int[1], new int[0], new float[0]),
            new FloatRows(FEATURES, real)));
  }

  private static void requireBitsOfModel(SoftmaxModel model, RowValues rows) {
    RowScorer scorer = model.scorer();
    float[] row = new float[FEATURES];
    double[] dense = new double[FEATURES];
    for (int r = 0; r < rows.rows(); r++) {
      rows.copyRow(r, row);
      for (int j = 0; j < FEATURES; j++) {
        dense[j] = row[j];
      }
      scorer.score(rows, r);
      assertThat(IntStream.range(0, model.classes()).mapToDouble(scorer::probability).toArray())
          .isEqualTo(model.probabilities(dense))
          .doesNotContain(Double.NaN);
    }
  }

  @Test
  void aRowBehindTheGateIsUndecidedAndGoesToTheFirstClass() {
    SoftmaxModel model =
        new SoftmaxModel(
            new double[] {-1, -2, -3}, null, Activation.RELU, 1, List.of("a", "b", "c"));
    RowScorer scorer = model.scorer();
    scorer.score(new int[] {0}, new float[] {1}, 1);
    assertThat(scorer.undecided()).isTrue();
    assertThat(scorer.label()).isZero();
    assertThat(scorer.probability(2)).isEqualTo(1 / 3.0);
    assertThat(scorer.rank(2)).isEqualTo(2);
    scorer.score(new int[] {0}, new float[] {-1}, 1);
    assertThat(scorer.undecided()).isFalse();
    assertThat(scorer.label()).isEqualTo(2);
  }

  @Test
  void aRowMustFitTheModel() {
    RowScorer scorer =
        new SoftmaxModel(new double[] {1, 2}, null, Activation.RELU, 1, List.of("a", "b")).scorer();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> scorer.score(new int[] {1}, new float[] {1}, 1));
  }
}
