package dev.onehot.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FixedPointTest {

  @Test
  void roundingIsToTheNearestHalfToEven() {
    FixedPoint whole = new FixedPoint(0);
    assertThat(whole.round(2.5)).isEqualTo(2);
    assertThat(whole.round(3.5)).isEqualTo(4);
    assertThat(whole.round(-2.5)).isEqualTo(-2);
    assertThat(whole.round(-0.4)).isZero();
    SplittableRandom random = new SplittableRandom(3);
    for (int trial = 0; trial < 100_000; trial++) {
      double x = random.nextDouble(-0x1p51, 0x1p51);
      assertThat(whole.round(x)).isEqualTo((long) Math.rint(x));
    }
  }

  @Test
  void neitherTheLargestTermNorTheLargestSumOverflows() {
    for (double term : new double[] {1e-200, 1, 65_280, 65_536, 1e30}) {
      for (double count : new double[] {1, 235, 1e6, 1e9}) {
        FixedPoint scale = FixedPoint.fitting(term, term * count);
        assertThat(scale.round(term)).isPositive();
        assertThat(scale.round(term) * count).isLessThanOrEqualTo(0x1p62);
        assertThat(scale.toDouble(scale.round(term))).isCloseTo(term, withPercentage(1e-4));
      }
    }
  }

  @Test
  void whatIsOutOfRangeIsRefusedInsteadOfWrappingRound() {
    FixedPoint scale = FixedPoint.fitting(100, 1000);
    for (double wrong : new double[] {201, -1e300, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> scale.round(wrong));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> FixedPoint.fitting(Double.NaN, 1));
  }

  @Test
  void theOrderOfASumDoesNotMatter() {
    FixedPoint scale = FixedPoint.fitting(1e6, 1e9);
    List<Double> terms = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 1000; i++) {
      terms.add(random.nextDouble(-1, 1) * Math.scalb(1.0, random.nextInt(-40, 19)));
    }
    long sum = terms.stream().mapToLong(scale::round).sum();
    for (int trial = 0; trial < 20; trial++) {
      Collections.shuffle(terms, new Random(trial));
      assertThat(terms.stream().mapToLong(scale::round).sum()).isEqualTo(sum);
    }
  }
}
