package dev.onehot.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.failure.SettingNames;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingIdentityTest {

  private static final TrainingIdentity EARLIER =
      TrainingIdentity.of(Map.of("seed", "7", "l2", "0.0", "training rows", "500"));

  @Test
  void theSameIsTheSameInAnyOrder() {
    assertThat(EARLIER.difference(TrainingIdentity.of(EARLIER.values()))).isEmpty();
  }

  @Test
  void allThatDiffersIsNamed() {
    TrainingIdentity now =
        TrainingIdentity.of(Map.of("seed", "8", "l2", "0.0", "training rows", "600"));
    assertThat(now.difference(EARLIER))
        .map(SettingNames::plain)
        .hasValue(
            "a run with seed 7 and training rows 500, but this one has seed 8 and training rows 600");
  }

  @Test
  void aSettingThatOnlyOneOfThemKnowsDiffers() {
    TrainingIdentity now =
        TrainingIdentity.of(Map.of("seed", "7", "l2", "0.0", "training rows", "500", "new", "1"));
    assertThat(now.difference(EARLIER))
        .map(SettingNames::plain)
        .hasValue("a run with no new, but this one has new 1");
    assertThat(EARLIER.difference(now))
        .map(SettingNames::plain)
        .hasValue("a run with new 1, but this one has no new");
  }
}
