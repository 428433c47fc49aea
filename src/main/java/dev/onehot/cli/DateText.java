package dev.onehot.cli;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import picocli.CommandLine.TypeConversionException;

/** Turns text such as {@code 2026-11-30} into a date, and {@code Europe/Paris} into a time zone. */
final class DateText {

  private DateText() {}

  static LocalDate date(String text) {
    try {
      return LocalDate.parse(text.strip());
    } catch (DateTimeException e) {
      throw new TypeConversionException(
          String.format(
              Locale.ROOT, "'%s' is no date; write year, month and day, such as 2026-11-30", text));
    }
  }

  static ZoneId zone(String text) {
    try {
      return ZoneId.of(text.strip());
    } catch (DateTimeException e) {
      throw new TypeConversionException(
          String.format(
              Locale.ROOT, "'%s' is no time zone; write UTC, or one such as Europe/Paris", text));
    }
  }
}
