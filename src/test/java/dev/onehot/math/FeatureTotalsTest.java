package dev.onehot.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureTotalsTest {

  @ParameterizedTest
  @CsvSource({"1,1", "3,2", "33,17", "511,10", "512,784"})
  void totalsAreThoseOfAPlainLoopOverTheTrainingRows(int rows, int features) {
    for (int seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      byte[] values = ofAllDensities(random, rows * features);
      boolean[] heldBack = seed == 0 ? null : some(random, rows);

      FeatureTotals totals = new ByteTotals(features);
      totals.add(ConsecutiveRows.block(0, new int[rows], values, features, heldBack));

      for (int j = 0; j < features; j++) {
        int feature = j;
        int[] column =
            IntStream.range(0, rows)
                .filter(r -> heldBack == null || !heldBack[r])
                .map(r -> Byte.toUnsignedInt(values[r * features + feature]))
                .toArray();
        assertThat(totals.sum(j)).isEqualTo(Arrays.stream(column).sum());
        assertThat(totals.sumOfSquares(j)).isEqualTo(Arrays.stream(column).map(v -> v * v).sum());
        assertThat(totals.least(j)).isEqualTo(Arrays.stream(column).min().orElse(0));
        assertThat(totals.largest(j)).isEqualTo(Arrays.stream(column).max().orElse(0));
        assertThat(totals.zeros()[j]).isEqualTo(Arrays.stream(column).filter(v -> v == 0).count());
        for (int b = 0; b < ByteTotals.BINS.count(); b++) {
          int bin = b;
          assertThat(totals.bins()[b][j])
              .isEqualTo(Arrays.stream(column).filter(v -> ByteTotals.BINS.of(v) == bin).count());
        }
      }
    }
  }

  @Test
  void theLeastValueIsZeroOnlyIfThereIsAZero() {
    byte[] values = {7, 0, (byte) 200, 9, 3, (byte) 255};

    FeatureTotals totals = new ByteTotals(2);
    totals.add(ConsecutiveRows.block(0, new int[3], values, 2, null));

    assertThat(totals.least(0)).isEqualTo(3);
    assertThat(totals.least(1)).isZero();
    assertThat(totals.largest(0)).isEqualTo(200);
    assertThat(totals.largest(1)).isEqualTo(255);
  }

  @Test
  void mergedTotalsAreThoseOfAllRows() {
    Random random = new Random(3);
    RowBlock one = ConsecutiveRows.block(0, new int[90], ofAllDensities(random, 900), 10, null);
    RowBlock other = ConsecutiveRows.block(1, new int[70], ofAllDensities(random, 700), 10, null);
    FeatureTotals both = new ByteTotals(10);
    both.add(one);
    both.add(other);

    FeatureTotals left = new ByteTotals(10);
    left.add(other);
    FeatureTotals right = new ByteTotals(10);
    right.add(one);
    left.merge(right);
    left.merge(new ByteTotals(10));

    assertThat(left).usingRecursiveComparison().isEqualTo(both);
  }

  @Test
  void rowsOfOtherFeaturesAreRefused() {
    FeatureTotals totals = new ByteTotals(3);
    RowBlock block = ConsecutiveRows.block(0, new int[1], new byte[2], 2, null);

    assertThatThrownBy(() -> totals.add(block))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rows of 2 features among rows of 3");
  }

  private static byte[] ofAllDensities(Random random, int length) {
    byte[] values = new byte[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextInt(7) < i % 5 ? (byte) random.nextInt(256) : 0;
    }
    return values;
  }

  private static boolean[] some(Random random, int rows) {
    boolean[] heldBack = new boolean[rows];
    for (int r = 0; r < rows; r++) {
      heldBack[r] = random.nextInt(3) == 0;
    }
    return heldBack;
  }
}
