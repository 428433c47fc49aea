package dev.onehot.report;

import dev.onehot.report.Display.Kind;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Says when the next line of progress is due: ten times a second on a terminal, every five seconds
 * in a log. After some minutes the lines in a log become rarer, so that a run of hours leaves some
 * hundreds of them.
 */
final class Pace {

  private static final long TERMINAL = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LOG = TimeUnit.SECONDS.toNanos(5);

  /** The time between two lines in a log is no less than this part of the time so far. */
  private static final int PART = 100;

  private final Kind kind;
  private final LongSupplier nanos;
  private final long start;
  private long last;

  /**
   * @param nanos the clock, like {@link System#nanoTime}
   */
  Pace(Kind kind, LongSupplier nanos) {
    this.kind = kind;
    this.nanos = nanos;
    start = nanos.getAsLong();
    last = start;
  }

  /** Whether a line is due. */
  boolean due() {
    long now = nanos.getAsLong();
    return now - last >= (kind == Kind.TERMINAL ? TERMINAL : Math.max(LOG, (now - start) / PART));
  }

  /** A line has been shown. */
  void shown() {
    last = nanos.getAsLong();
  }

  /** The time since the start, in seconds. */
  double seconds() {
    return (nanos.getAsLong() - start) / 1e9;
  }
}
