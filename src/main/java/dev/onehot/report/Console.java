package dev.onehot.report;

import dev.onehot.failure.SettingNames;
import java.io.PrintStream;
import java.util.function.UnaryOperator;

/**
 * Lines for a person, on stderr. On a terminal the last line may be a live one, which is drawn over
 * and over; any other line goes above it. No password of a URI is shown.
 */
public final class Console {

  private static final String ERASE_LINE = "\r\u001b[K";
  private static final long TERMINAL_INTERVAL = 100_000_000L;
  private static final long LOG_INTERVAL = 10_000_000_000L;

  private final PrintStream out;
  private final boolean terminal;
  private final UnaryOperator<String> naming;
  private boolean live;

  /**
   * A console that calls settings by their names.
   *
   * @param terminal whether {@code out} is a terminal, so that a line can be drawn over
   */
  public Console(PrintStream out, boolean terminal) {
    this(out, terminal, SettingNames::plain);
  }

  /**
   * A console that calls settings otherwise.
   *
   * @param naming writes the names that {@link SettingNames} has marked in a line
   */
  public Console(PrintStream out, boolean terminal, UnaryOperator<String> naming) {
    this.out = out;
    this.terminal = terminal;
    this.naming = naming;
  }

  /** How many nanoseconds should lie between two {@link #live} lines: few where they draw over. */
  public long liveInterval() {
    return terminal ? TERMINAL_INTERVAL : LOG_INTERVAL;
  }

  /** Prints a line that stays. */
  public synchronized void line(String text) {
    clear();
    out.println(shown(text));
    out.flush();
  }

  /** Draws the live line anew; without a terminal, prints a line that stays. */
  public synchronized void live(String text) {
    if (!terminal) {
      line(text);
      return;
    }
    out.print(ERASE_LINE + shown(text));
    out.flush();
    live = true;
  }

  /** Leaves the live line as it is and goes below it. */
  public synchronized void settle() {
    if (live) {
      out.println();
      out.flush();
      live = false;
    }
  }

  private String shown(String text) {
    return Redaction.uris(naming.apply(text));
  }

  private void clear() {
    if (live) {
      out.print(ERASE_LINE);
      live = false;
    }
  }
}
