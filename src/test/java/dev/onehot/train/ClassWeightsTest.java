package dev.onehot.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onehot.failure.InvalidSettingsException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassWeightsTest {

  private static final List<String> NAMES = List.of("cat", "dog", "a=b");

  @Test
  void namedClassesHaveTheirRatiosAndOthersCountOnce() {
    ClassWeights weights = ClassWeights.parse("dog=3, a=b=0.5");

    assertThat(weights.of(NAMES, new long[] {1, 1, 1})).containsExactly(0.25f, 0.75f, 0.125f);
    assertThat(ClassWeights.parse(weights.toString())).isEqualTo(weights);
  }

  @Test
  void ofBalancedClassesEachCountsAsMuch() {
    ClassWeights weights = ClassWeights.parse("balanced");

    // N/(C·n) is 100/(3·10), 100/(3·40) and 100/(3·50); the power of two is 4.
    assertThat(weights.of(NAMES, new long[] {10, 40, 50}))
        .containsExactly(
            (float) (100 / 30.0 / 4), (float) (100 / 120.0 / 4), (float) (100 / 150.0 / 4));
    assertThat(weights).hasToString("balanced");
  }

  @Test
  void aBalancedClassWithoutRowsHasAWeight() {
    assertThat(ClassWeights.balanced().of(NAMES, new long[] {3, 3, 0}))
        .containsExactly(2 / 3f, 2 / 3f, 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "cat", "=2", "cat=", "cat=x", "cat=1,cat=2", "cat=0", "cat=-1", "cat=NaN"})
  void whatIsNoWeightIsRefused(String text) {
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> ClassWeights.parse(text))
        .withMessageStartingWith("class-weights");
  }

  @Test
  void weightsOfOtherClassesAreRefused() {
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> ClassWeights.parse("cow=2,dog=1").of(NAMES, new long[] {1, 1, 1}))
        .withMessage("class-weights names cow, but the classes are cat, dog, a=b; use their names");
  }
}
