package dev.onehot.job;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.Problems;
import dev.onehot.failure.SettingNames;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;

/**
 * The days whose rows a run takes. A path may hold <code>{date}</code>, or <code>{date-1}</code>
 * for the day before, and stands for one path a day then.
 *
 * @param runDate the last day
 * @param days how many days, which follow one another
 */
public record Dates(LocalDate runDate, int days) {

  /** The default number of days. */
  public static final int DAYS = 1;

  private static final int MOST_DAYS = 3660;
  private static final Pattern DATE = Pattern.compile("\\{date(?:-(\\d{1,4}))?}");
  private static final Pattern BEGINNING = Pattern.compile("\\{date[^}]*}?");

  /**
   * @throws InvalidSettingsException if a value is out of range
   */
  public Dates {
    new Problems()
        .require(days >= 1 && days <= MOST_DAYS, "⟨days⟩ must be 1 to %d, not %d", MOST_DAYS, days)
        .throwIfAny();
  }

  /** Whether a path holds a date. */
  public static boolean isDated(Path path) {
    return path != null && DATE.matcher(path.toUri().getPath()).find();
  }

  /**
   * The paths of all days, the oldest first; just the path itself if it holds no date.
   *
   * @throws InvalidSettingsException if it holds something like a date that is none
   */
  public List<Path> of(Path path) {
    Matcher begun = BEGINNING.matcher(path.toUri().getPath());
    while (begun.find()) {
      if (!DATE.matcher(begun.group()).matches()) {
        throw new InvalidSettingsException(
            SettingNames.format(
                "%s: %s is no date; write {date}, or {date-1} for the day before",
                path, begun.group()));
      }
    }
    return isDated(path)
        ? IntStream.range(0, days)
            .mapToObj(day -> on(runDate.minusDays(days - 1L - day), path))
            .toList()
        : List.of(path);
  }

  private static Path on(LocalDate day, Path path) {
    URI uri = path.toUri();
    String dated =
        DATE.matcher(uri.getPath())
            .replaceAll(
                found -> {
                  String before = found.group(1);
                  return day.minusDays(before == null ? 0 : Long.parseLong(before)).toString();
                });
    return new Path(uri.getScheme(), uri.getAuthority(), dated);
  }
}
