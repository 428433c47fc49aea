package dev.onehot.cli;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.SettingNames;
import dev.onehot.job.Dates;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import picocli.CommandLine.Option;

/** The options that say for which day a night runs, and how long. */
@HelpGroup(ScheduleArguments.GROUP)
final class ScheduleArguments {

  static final String GROUP = "Run";

  private static final double MOST_MINUTES = 1e6;

  @Option(
      names = "--run-date",
      paramLabel = "DATE",
      description = "The day that {date} in a path means [today].")
  private LocalDate runDate;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      description = "Time zone of today, such as Europe/Paris [${DEFAULT-VALUE}].")
  private ZoneId zone;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "" + Dates.DAYS,
      description = "Days up to then whose rows are used [${DEFAULT-VALUE}].")
  private int days;

  @Option(
      names = "--wait-for-data",
      paramLabel = "TIME",
      description = "Wait that long for _SUCCESS, such as 2h [do not].")
  private Duration waitForData;

  @Option(
      names = "--max-minutes",
      paramLabel = "N",
      description = "End then with 75; the next run goes on [no limit].")
  private Double maxMinutes;

  @Option(
      names = "--again",
      negatable = true,
      defaultValue = "false",
      fallbackValue = "true",
      description = "Train anew though the date is done [${DEFAULT-VALUE}].")
  private boolean again;

  /** The days of this run; the run date is today's if none was given. */
  Dates dates() {
    return new Dates(runDate == null ? LocalDate.now(zone) : runDate, days);
  }

  Duration waitForData() {
    return waitForData;
  }

  /**
   * How long the run may take; null for no limit.
   *
   * @throws InvalidSettingsException if it is out of range
   */
  Duration maxTime() {
    if (maxMinutes == null) {
      return null;
    }
    if (!(maxMinutes > 0 && maxMinutes <= MOST_MINUTES)) {
      throw new InvalidSettingsException(
          SettingNames.format("⟨max-minutes⟩ must be above 0, not %s", maxMinutes));
    }
    return Duration.ofMillis(Math.round(maxMinutes * 60_000));
  }

  boolean again() {
    return again;
  }
}
