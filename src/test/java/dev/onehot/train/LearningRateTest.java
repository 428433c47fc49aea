package dev.onehot.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LearningRateTest {

  @Test
  void risesOverTheWarmUpThenStays() {
    LearningRate rate = new LearningRate(2, 4);
    double[] rates = {rate.at(0), rate.at(1), rate.at(2), rate.at(3), rate.at(4), rate.at(99)};
    assertThat(rates).containsExactly(new double[] {0.5, 1, 1.5, 2, 2, 2}, within(1e-15));
    assertThat(new LearningRate(2, 0).at(0)).isEqualTo(2);
  }

  @Test
  void isHalvedEachTimeTheLossRises() {
    LearningRate rate = new LearningRate(2, 0);
    assertThat(rate.slowDown(5)).isFalse();
    assertThat(rate.slowDown(4)).isFalse();
    assertThat(rate.slowDown(4)).isFalse();
    assertThat(rate.at(3)).isEqualTo(2);
    assertThat(rate.slowDown(4.5)).isTrue();
    assertThat(rate.at(4)).isEqualTo(1);
    assertThat(rate.slowDown(4.2)).isFalse();
    assertThat(rate.slowDown(4.3)).isTrue();
    assertThat(rate.at(6)).isEqualTo(0.5);
  }
}
