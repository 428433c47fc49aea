package dev.onehot.report;

import java.util.Locale;

/** Estimates how long the remaining steps take, from the mean time of the steps before. */
final class TimeLeft {

  /** About this number of steps count. So a change of speed shows, and one slow step hardly. */
  private static final int STEPS = 20;

  private double mean;
  private int steps;

  /** A step took that many seconds. */
  void took(double seconds) {
    steps = Math.min(steps + 1, STEPS);
    mean += (seconds - mean) / steps;
  }

  /** Whether there is an estimate. */
  boolean known() {
    return steps > 0;
  }

  /** The estimate for the remaining steps. */
  String of(long remaining) {
    return text(mean * remaining);
  }

  /** A time that is left: {@code 7 s left}, {@code 2:05 left}, {@code 1:02:05 left}. */
  static String text(double seconds) {
    long all = Math.max(1, Math.round(seconds));
    if (all < 60) {
      return String.format(Locale.ROOT, "%d s left", all);
    }
    long minutes = all / 60;
    return minutes < 60
        ? String.format(Locale.ROOT, "%d:%02d left", minutes, all % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d left", minutes / 60, minutes % 60, all % 60);
  }
}
