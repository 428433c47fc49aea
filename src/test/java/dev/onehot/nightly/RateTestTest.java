package dev.onehot.nightly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RateTestTest {

  @Test
  void allCasesInOneOfTwoSamplesAreAsLikelyAsThatManyTossesOfACoin() {
    RateTest test = RateTest.of(0, 1000, 10, 1000);

    assertThat(test.more()).isCloseTo(1 / 1024.0, within(1e-12));
    assertThat(test.fewer()).isEqualTo(1);
    assertThat(test.pValue()).isCloseTo(2 / 1024.0, within(1e-12));
  }

  @Test
  void probabilitiesAreThoseOfTheBinomialDistribution() {
    // python3 -c "from scipy.stats import binom; print(binom.sf(6, 12, 0.25), binom.cdf(7, 12,
    // .25))"
    RateTest test = RateTest.of(5, 3000, 7, 1000);

    assertThat(test.more()).isCloseTo(0.014252781867980957, within(1e-10));
    assertThat(test.fewer()).isCloseTo(0.9972184896469116, within(1e-10));
  }

  @Test
  void equalRatesOfManyRowsAreChance() {
    RateTest test = RateTest.of(500_000, 1_000_000, 500_100, 1_000_000);

    assertThat(test.pValue()).isBetween(0.8, 1.0);
    assertThat(RateTest.of(500_000, 1_000_000, 510_000, 1_000_000).more()).isLessThan(1e-20);
  }

  @Test
  void whatIsRarerIsCounted() {
    RateTest wrong = RateTest.of(900, 1000, 990, 1000);
    RateTest right = RateTest.of(100, 1000, 10, 1000);

    assertThat(wrong.more()).isEqualTo(right.fewer()).isLessThan(1e-15);
    assertThat(wrong.fewer()).isEqualTo(right.more());
  }

  @Test
  void noCasesAreChance() {
    assertThat(RateTest.of(0, 10, 0, 1000).pValue()).isEqualTo(1);
  }
}
