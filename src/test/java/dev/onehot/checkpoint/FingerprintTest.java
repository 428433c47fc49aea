package dev.onehot.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FingerprintTest {

  private static final Fingerprint EARLIER =
      Fingerprint.of(Map.of("--seed", "7", "--l2", "0.0", "training rows", "500"));

  @Test
  void theSameIsTheSameInAnyOrder() {
    assertThat(EARLIER.difference(Fingerprint.of(EARLIER.values()))).isNull();
  }

  @Test
  void allThatDiffersIsNamed() {
    Fingerprint now = Fingerprint.of(Map.of("--seed", "8", "--l2", "0.0", "training rows", "600"));
    assertThat(now.difference(EARLIER))
        .isEqualTo(
            "a run with --seed 7 and training rows 500, but this one has --seed 8 and training rows 600");
  }

  @Test
  void aSettingThatOnlyOneOfThemKnowsDiffers() {
    Fingerprint now =
        Fingerprint.of(Map.of("--seed", "7", "--l2", "0.0", "training rows", "500", "--new", "1"));
    assertThat(now.difference(EARLIER)).isEqualTo("a run with no --new, but this one has --new 1");
    assertThat(EARLIER.difference(now)).isEqualTo("a run with --new 1, but this one has no --new");
  }
}
