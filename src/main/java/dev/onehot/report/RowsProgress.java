package dev.onehot.report;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Shows how many rows are done: a live line on a terminal, otherwise a line now and then. */
public final class RowsProgress implements LongConsumer {

  /** The number of all rows, if it isn't known. */
  public static final long UNKNOWN = Long.MAX_VALUE;

  /** Before that many seconds, the start of the tasks would decide the time left. */
  private static final double FIRST_ESTIMATE = 1;

  /** Before that share of the rows, an estimate would say more of the start than of the rows. */
  private static final double LEAST_SHARE = 0.01;

  private final Console console;
  private final String verb;
  private final long rows;
  private final Pace pace;
  private boolean shown;

  /**
   * @param verb what happens to the rows, such as {@code written}
   * @param rows the number of all rows, or {@link #UNKNOWN}
   */
  public RowsProgress(Console console, String verb, long rows) {
    this(console, verb, rows, System::nanoTime);
  }

  RowsProgress(Console console, String verb, long rows, LongSupplier nanos) {
    this.console = console;
    this.verb = verb;
    this.rows = rows;
    pace = new Pace(console.kind(), nanos);
  }

  /**
   * @param done the number of rows done so far
   */
  @Override
  public synchronized void accept(long done) {
    boolean complete = done >= rows;
    if (done > 0 && (pace.due() || (complete && shown))) {
      console.live(line(Math.min(done, rows), pace.seconds()));
      pace.shown();
      // The line for all rows is shown once.
      shown = !complete;
    }
  }

  private ProgressLine line(long done, double seconds) {
    if (rows == UNKNOWN) {
      return new ProgressLine(Double.NaN)
          .field(1, "%s %,d rows", verb, done)
          .field(6, "%,.0f rows/s", done / seconds);
    }
    double share = (double) done / rows;
    ProgressLine line =
        new ProgressLine(share)
            .field(1, "%s %,d of %,d rows", verb, done, rows)
            .field(2, "%.0f %%", 100 * share)
            .field(6, "%,.0f rows/s", done / seconds);
    return done < rows && share >= LEAST_SHARE && seconds >= FIRST_ESTIMATE
        ? line.field(3, "%s", TimeLeft.text(seconds / done * (rows - done)))
        : line;
  }
}
