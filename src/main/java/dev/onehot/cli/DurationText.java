package dev.onehot.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** Turns text such as {@code 90s}, {@code 30m}, {@code 2h} or {@code 1d} into a time. */
final class DurationText {

  private static final Pattern TEXT = Pattern.compile("(\\d{1,9})([smhd])");

  private DurationText() {}

  static Duration argument(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new TypeConversionException(
          String.format(
              Locale.ROOT, "'%s' is no time; write a number and s, m, h or d, such as 2h", text));
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }
}
