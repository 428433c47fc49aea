package dev.onehot.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeldBackRowsTest {

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.1, 0.5, 0.99})
  void aboutTheFractionIsHeldBackForAnySeed(double fraction) {
    for (long seed : new long[] {0, 1, 2, -1, Long.MAX_VALUE}) {
      HeldBackRows heldBack = new HeldBackRows(fraction, seed);
      long count = LongStream.range(0, 100_000).filter(heldBack::contains).count();
      // Five standard deviations of a binomial share.
      double tolerance = 5 * Math.sqrt(fraction * (1 - fraction) / 100_000);
      assertThat(count / 100_000.0).isCloseTo(fraction, within(tolerance));
    }
  }

  @Test
  void theRowsOfASeedNeverChange() {
    HeldBackRows heldBack = new HeldBackRows(0.1, 1024);
    assertThat(LongStream.range(0, 100).filter(heldBack::contains).toArray())
        .containsExactly(2, 11, 19, 23, 25, 35, 45, 54, 67, 88, 91, 97);
  }

  @Test
  void aLargerFractionKeepsTheRowsOfASmallerOne() {
    HeldBackRows few = new HeldBackRows(0.1, 7);
    HeldBackRows more = new HeldBackRows(0.2, 7);
    assertThat(LongStream.range(0, 10_000).filter(few::contains)).allMatch(more::contains);
  }

  @Test
  void anotherSeedHoldsBackOtherRows() {
    HeldBackRows one = new HeldBackRows(0.5, 1);
    HeldBackRows two = new HeldBackRows(0.5, 2);
    long same =
        LongStream.range(0, 10_000).filter(row -> one.contains(row) == two.contains(row)).count();
    assertThat(same).isBetween(4_750L, 5_250L);
  }

  @Test
  void noneHoldsNothingBack() {
    assertThat(LongStream.range(0, 10_000)).noneMatch(HeldBackRows.none()::contains);
    assertThat(
            HeldBackRows.none()
                .among(
                    new long[] {0, 1},
                    new int[] {0, 1},
                    new dev.onehot.math.ByteRows(1, new byte[2])))
        .isNull();
  }

  @Test
  void aRowThatIsRecognizedByItsFeaturesIsHeldBackWhereverItStands() {
    HeldBackRows heldBack = new HeldBackRows(0.3, 1024, HeldBackRows.By.FEATURES);
    int features = 37;
    int rows = 4000;
    byte[] values = new byte[rows * features];
    new Random(5).nextBytes(values);
    int[] inOrder = IntStream.range(0, rows).toArray();
    int[] reversed = IntStream.range(0, rows).map(r -> rows - 1 - r).toArray();
    long[] positions = LongStream.range(0, rows).toArray();

    boolean[] here =
        heldBack.among(positions, inOrder, new dev.onehot.math.ByteRows(features, values));
    boolean[] elsewhere =
        heldBack.among(positions, reversed, new dev.onehot.math.ByteRows(features, values));

    for (int r = 0; r < rows; r++) {
      assertThat(elsewhere[rows - 1 - r]).isEqualTo(here[r]);
    }
    assertThat(IntStream.range(0, rows).filter(r -> here[r]).count()).isBetween(1080L, 1320L);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void aFractionOutsideItsRangeIsRefused(double fraction) {
    assertThatThrownBy(() -> new HeldBackRows(fraction, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
