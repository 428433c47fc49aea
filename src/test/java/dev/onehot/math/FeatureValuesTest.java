package dev.onehot.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureValuesTest {

  @Test
  void aBlockHoldsUnsignedBytesThatTheModelSeesAsZeroToOne() {
    assertThat(ByteBlock.VALUES).isEqualTo(new FeatureValues(255, 1 / 255.0));
    assertThat(ByteBlock.VALUES.largest() * ByteBlock.VALUES.scaling().scale(0)).isEqualTo(1);
    assertThat(1 / ByteBlock.VALUES.scaling().scale(0)).isEqualTo(255);
  }

  @Test
  void otherBoundsOrScalesAreOtherValues() {
    assertThat(ByteBlock.VALUES)
        .isNotEqualTo(new FeatureValues(254, 1 / 255.0))
        .isNotEqualTo(new FeatureValues(255, 1));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void whatIsNoPositiveFiniteNumberIsRefused(double number) {
    assertThatThrownBy(() -> new FeatureValues(number, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FeatureValues(1, number))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
