package dev.onehot.nightly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ShareShiftTest {

  @Test
  void theIndexIsThatOfTheSharesUpToTheMixedPart() {
    ShareShift shift = ShareShift.of(new long[] {500, 500}, new long[] {250, 750});

    // (0.25 − 0.5)·ln(0.25/0.5) + (0.75 − 0.5)·ln(0.75/0.5)
    assertThat(shift.psi()).isCloseTo(0.274653, within(1e-3));
    assertThat(shift.totalVariation()).isEqualTo(0.25);
  }

  @Test
  void neitherSizeOfAChangeDependsOnTheNumberOfRows() {
    ShareShift few = ShareShift.of(new long[] {50, 30, 20, 0}, new long[] {40, 0, 50, 10});
    ShareShift many =
        ShareShift.of(
            new long[] {500_000, 300_000, 200_000, 0}, new long[] {4_000, 0, 5_000, 1_000});

    assertThat(many.psi()).isCloseTo(few.psi(), within(1e-12));
    assertThat(many.totalVariation()).isCloseTo(few.totalVariation(), within(1e-12));
    assertThat(many.pValue()).isLessThan(few.pValue());
  }

  @Test
  void theTestIsTheGTestOfHomogeneity() {
    // python3 -c "from scipy.stats import chi2_contingency as t;
    // print(t([[30, 50, 20], [60, 70, 70]], correction=False, lambda_='log-likelihood')[:3])"
    ShareShift shift = ShareShift.of(new long[] {30, 50, 20}, new long[] {60, 70, 70});

    assertThat(shift.g()).isCloseTo(8.982451015477402, within(1e-12));
    assertThat(shift.pValue()).isCloseTo(0.011206901246296025, within(1e-12));
    assertThat(shift.degreesOfFreedom()).isEqualTo(2);
  }

  @Test
  void theStatisticIsTheIndexByItsNoise() {
    ShareShift shift = ShareShift.of(new long[] {3_000, 7_000}, new long[] {610, 1_390});

    assertThat(shift.g()).isCloseTo(shift.psi() / (1 / 10_000.0 + 1 / 2_000.0), within(0.01));
  }

  @Test
  void cellsWithoutRowsDoNotCount() {
    ShareShift shift = ShareShift.of(new long[] {10, 0, 0}, new long[] {20, 0, 0});

    assertThat(shift).isEqualTo(new ShareShift(0, 0, 0, 0, 1));
  }

  @Test
  void aCellThatWasEmptyHasAFiniteIndex() {
    assertThat(ShareShift.of(new long[] {10, 0}, new long[] {0, 10}).psi()).isBetween(10.0, 20.0);
  }
}
