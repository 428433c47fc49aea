package dev.onehot.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealTotalsTest {

  @ParameterizedTest
  @CsvSource({"1,5", "100,12", "700,33"})
  void totalsAreThoseOfAPlainLoop(int rows, int features) {
    RandomReals random = new RandomReals(rows, rows, features, 3);
    FeatureTotals totals = totals(random, 512);
    FeatureScaling standard = random.standard();

    for (int j = 0; j < features; j++) {
      double unit = Math.scalb(1.0, random.values.exponent(j));
      double least = Double.MAX_VALUE;
      double largest = -Double.MAX_VALUE;
      double variance = 0;
      long zeros = 0;
      for (float[] row : random.rows) {
        least = Math.min(least, row[j]);
        largest = Math.max(largest, row[j]);
        variance += Math.pow(row[j] - standard.shift(j), 2) / rows;
        zeros += row[j] == 0 ? 1 : 0;
      }
      assertThat(totals.least(j) * unit).isEqualTo(least);
      assertThat(totals.largest(j) * unit).isEqualTo(largest);
      assertThat(totals.zeros(j)).isEqualTo(zeros);
      assertThat(totals.mean(j) * unit).isCloseTo(standard.shift(j), offset(1e-12 * unit));
      assertThat(totals.variance(j) * unit * unit).isCloseTo(variance, offset(1e-12 * unit * unit));
    }
  }

  @Test
  void aConstantHasNoVariance() {
    FeatureTotals totals = totals(new RandomReals(1, 700, 3, 3), 512);

    assertThat(totals.isConstant(2)).isTrue();
    assertThat(totals.variance(2)).isZero();
    assertThat(totals.isConstant(1)).isFalse();
  }

  @Test
  void blocksMayComeInAnyOrderAndParts() {
    RandomReals random = new RandomReals(5, 900, 17, 3);
    FeatureTotals one = totals(random, 512);
    RowBlock first = random.block(0, 0, 300, false, null);
    RowBlock second = random.block(1, 300, 900 - 200, false, null);
    RowBlock third = random.block(2, 700, 900, false, null);

    FeatureTotals left = FeatureTotals.of(first, 900);
    left.add(third);
    FeatureTotals right = FeatureTotals.of(first, 900);
    right.add(second);
    right.add(first);
    left.merge(right);
    left.merge(FeatureTotals.of(first, 900));

    assertThat(left).usingRecursiveComparison().isEqualTo(one);
  }

  @Test
  void rowsHeldBackDoNotCount() {
    RandomReals random = new RandomReals(6, 400, 9, 3);
    boolean[] heldBack = new boolean[400];
    for (int r = 300; r < 400; r++) {
      heldBack[r] = true;
    }
    FeatureTotals some = FeatureTotals.of(random.block(0, 0, 400, false, heldBack), 400);
    some.add(random.block(0, 0, 400, false, heldBack));
    FeatureTotals few = FeatureTotals.of(random.block(0, 0, 300, false, null), 400);
    few.add(random.block(0, 0, 300, false, null));

    assertThat(some).usingRecursiveComparison().isEqualTo(few);
  }

  @Test
  void eachRowIsInTheBinOfItsSignAndMagnitude() {
    float[] values = {-1, -0.75f, -0.5f, -0.1f, 0, 0.25f, 0.26f, 0.5f, 0.51f, 1};
    FeatureValues unit = FeatureValues.real(new short[1], FeatureScaling.uniform(1));
    RowBlock block =
        FloatBlock.of(
            0,
            0,
            new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
            new int[10],
            null,
            new FloatRows(1, values),
            unit,
            null);
    FeatureTotals totals = FeatureTotals.of(block, 10);
    totals.add(block);

    assertThat(totals.bins())
        .isDeepEqualTo(new long[][] {{1}, {1}, {1}, {1}, {1}, {1}, {2}, {1}, {1}});
    assertThat(totals.binStarts()).containsExactly(-1, -0.75, -0.5, -0.25, 0, 0, 0.25, 0.5, 0.75);
  }

  private static FeatureTotals totals(RandomReals random, int rowsOfBlock) {
    int rows = random.rows.length;
    FeatureTotals totals = null;
    for (int from = 0; from < rows; from += rowsOfBlock) {
      RowBlock block =
          random.block(from / rowsOfBlock, from, Math.min(rows, from + rowsOfBlock), true, null);
      totals = totals == null ? FeatureTotals.of(block, rows) : totals;
      totals.add(block);
    }
    return totals;
  }
}
