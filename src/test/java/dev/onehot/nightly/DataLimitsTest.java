package dev.onehot.nightly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onehot.failure.InvalidSettingsException;
import org.junit.jupiter.api.Test;

class DataLimitsTest {

  @Test
  void theseAreTheDefaults() {
    assertThat(DataLimits.defaults())
        .isEqualTo(new DataLimits(100, 0.5, 0.25, 0.25, 0.1, 0.1, 2, 0.01, 0.02, 0.5, 0.001));
  }

  @Test
  void oneLimitIsChangedAtATime() {
    DataLimits limits = DataLimits.defaults().withMinRows(7).withMinRowsShare(0.25);

    assertThat(limits)
        .isEqualTo(new DataLimits(7, 0.25, 0.25, 0.25, 0.1, 0.1, 2, 0.01, 0.02, 0.5, 0.001));
  }

  @Test
  void allProblemsAreSaidAtOnce() {
    assertThatThrownBy(
            () -> new DataLimits(0, 2, 0, Double.NaN, -1, 1.5, 1, -0.1, Double.NaN, 2, 0))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage(
            "min-rows must be at least 1, not 0; min-rows-share must be 0 to 1, not 2.0;"
                + " max-feature-psi must be above 0, not 0.0; max-mean-shift must be above 0, not"
                + " NaN; max-label-psi must be above 0, not -1.0; max-label-distance must be 0 to 1,"
                + " not 1.5; max-class-ratio must be above 1, not 1.0; max-new-values must be 0 to"
                + " 1, not -0.1; max-accuracy-drop must be 0 to 1, not NaN; max-lead-lost must be 0"
                + " to 1, not 2.0; false-alarms must be above 0 and below 1, not 0.0");
  }
}
