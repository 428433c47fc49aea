package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationTextTest {

  @ParameterizedTest
  @CsvSource({
    "90s, PT1M30S",
    "30m, PT30M",
    "2h, PT2H",
    "1d, P1D",
    "0s, PT0S",
    "' 2h ', PT2H",
    "999999999d, PT23999999976H"
  })
  void aNumberAndAUnitAreATime(String text, Duration expected) {
    assertThat(DurationText.argument(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2", "h", "-2h", "1.5h", "2 h", "2H", "2w", "1h30m", "9999999999s"})
  void anythingElseIsRefused(String text) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> DurationText.argument(text))
        .withMessage("'%s' is no time; write a number and s, m, h or d, such as 2h", text);
  }

  @Test
  void theOptionSaysItInOneLine() {
    CommandRun run = CommandRun.of("nightly", "--wait-for-data=soon", "--data=in/{date}");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("--wait-for-data", "'soon' is no time; write a number and s, m, h or d")
        .hasLineCount(1);
  }
}
