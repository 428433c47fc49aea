package dev.onehot.report;

import java.util.Locale;
import java.util.function.LongConsumer;

/** Shows how many rows are done: a live line on a terminal, otherwise a line now and then. */
public final class RowsProgress implements LongConsumer {

  private final Console console;
  private final String verb;
  private final long rows;
  private final long start = System.nanoTime();
  private long lastShown = start;

  /**
   * @param verb what happens to the rows, such as {@code written}
   * @param rows the number of all rows
   */
  public RowsProgress(Console console, String verb, long rows) {
    this.console = console;
    this.verb = verb;
    this.rows = rows;
  }

  /**
   * @param done the number of rows done so far
   */
  @Override
  public synchronized void accept(long done) {
    long now = System.nanoTime();
    if (now - lastShown >= console.liveInterval()) {
      console.live(line(Math.min(done, rows), (now - start) / 1e9));
      lastShown = now;
    }
  }

  private String line(long done, double seconds) {
    return String.format(
        Locale.ROOT,
        "%s %,d of %,d rows (%.0f%%)  %,.0f rows/s",
        verb,
        done,
        rows,
        100.0 * done / rows,
        done / seconds);
  }
}
