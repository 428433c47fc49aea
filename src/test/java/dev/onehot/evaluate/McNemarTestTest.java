package dev.onehot.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;

/**
 * The expected p-values are SciPy's: {@code 2·binom.cdf(min, n, 0.5)} and {@code erfc(√(χ²/2))}.
 */
class McNemarTestTest {

  @Test
  void fewRowsAreTestedExactly() {
    McNemarTest test = McNemarTest.of(10, 2);
    assertThat(test.method()).isEqualTo("exact binomial");
    assertThat(test.statistic()).isEqualTo(2);
    assertThat(test.pValue()).isEqualTo(0.03857421875, within(1e-14));
    assertThat(McNemarTest.of(4100, 4000).pValue())
        .isCloseTo(0.27133108714393217, withinPercentage(1e-9));
    assertThat(McNemarTest.of(5400, 4600).pValue())
        .isCloseTo(1.3042452127400203e-15, withinPercentage(1e-9));
    assertThat(McNemarTest.of(60, 3).pValue())
        .isCloseTo(9.048317650695026e-15, withinPercentage(1e-9));
    assertThat(McNemarTest.of(1000, 10).pValue()).isBetween(1e-290, 1e-270);
  }

  @Test
  void manyRowsAreTestedByChiSquared() {
    McNemarTest test = McNemarTest.of(5500, 6000);
    assertThat(test.method()).startsWith("chi-squared");
    assertThat(test.statistic()).isEqualTo(21.652260869565218, within(1e-12));
    assertThat(test.pValue()).isEqualTo(3.2682456548018837e-06, within(1e-15));
  }

  @Test
  void modelsThatAreEquallyGoodDifferByChanceOnly() {
    assertThat(McNemarTest.of(0, 0).pValue()).isEqualTo(1);
    assertThat(McNemarTest.of(7, 7).pValue()).isEqualTo(1);
    assertThat(McNemarTest.of(7000, 7000).pValue()).isEqualTo(1);
  }
}
