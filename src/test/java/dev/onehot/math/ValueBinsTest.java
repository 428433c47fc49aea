package dev.onehot.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ValueBinsTest {

  @Test
  void aBinHasItsStartAndNotTheNextOne() {
    ValueBins bins = new ValueBins(-1.5, 0, 0.25);

    assertThat(bins.count()).isEqualTo(3);
    assertThat(bins.of(-1.5)).isZero();
    assertThat(bins.of(-0.1)).isZero();
    assertThat(bins.of(0)).isEqualTo(1);
    assertThat(bins.of(0.25)).isEqualTo(2);
    assertThat(bins.of(1e9)).isEqualTo(2);
    assertThat(bins.of(-7)).isZero();
  }

  @Test
  void bytesAreCountedAsZeroOrInFourBinsOfEqualWidth() {
    assertThat(ByteTotals.BINS.starts()).containsExactly(0, 1, 64, 128, 192);
  }

  @Test
  void startsAscend() {
    assertThatThrownBy(() -> new ValueBins(0, 3, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bins begin at [0.0, 3.0, 3.0]");
    assertThatThrownBy(() -> new ValueBins()).isInstanceOf(IllegalArgumentException.class);
  }
}
