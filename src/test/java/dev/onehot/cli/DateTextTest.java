package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DateTextTest {

  @Test
  void aDateIsAnIsoDate() {
    assertThat(DateText.date(" 2026-11-30 ")).isEqualTo(LocalDate.of(2026, 11, 30));
    assertThat(DateText.zone("Europe/Paris")).isEqualTo(ZoneId.of("Europe/Paris"));
    assertThat(DateText.zone("+14:00")).isEqualTo(ZoneId.of("+14:00"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2026-13-02", "2026-02-30", "26-12-02", "20261130", "yesterday"})
  void anythingElseIsNoDate(String text) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> DateText.date(text))
        .withMessage("'%s' is no date; write year, month and day, such as 2026-11-30", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Europe/Berlinn", "+25:00", "Europe Paris"})
  void anUnknownZoneIsNone(String text) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> DateText.zone(text))
        .withMessage("'%s' is no time zone; write UTC, or one such as Europe/Paris", text);
  }

  @Test
  void theOptionsNameNoClassOfJava() {
    CommandRun run = CommandRun.of("nightly", "--run-date=2026-13-02", "--zone=Europe/Berlinn");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("--run-date", "'2026-13-02' is no date", "'Europe/Berlinn' is no time zone")
        .doesNotContain("java.time")
        .hasLineCount(1);
  }
}
