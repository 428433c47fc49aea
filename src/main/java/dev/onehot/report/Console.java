package dev.onehot.report;

import dev.onehot.failure.SettingNames;
import java.io.PrintStream;
import java.util.function.UnaryOperator;

/**
 * Lines for a person, on stderr. On a terminal the last line may be a live line, which is redrawn
 * in place. Any other line appears above it. Passwords in URIs are hidden.
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
   * A console that writes the plain names of settings.
   *
   * @param terminal whether {@code out} is a terminal, where a line can be redrawn
   */
  public Console(PrintStream out, boolean terminal) {
    this(out, terminal, SettingNames::plain);
  }

  /**
   * A console that writes the names of settings in its own way.
   *
   * @param naming replaces the names that {@link SettingNames} marks in a line
   */
  public Console(PrintStream out, boolean terminal, UnaryOperator<String> naming) {
    this.out = out;
    this.terminal = terminal;
    this.naming = naming;
  }

  /**
   * The least time between two {@link #live} lines, in nanoseconds: short if the line is redrawn in
   * place.
   */
  public long liveInterval() {
    return terminal ? TERMINAL_INTERVAL : LOG_INTERVAL;
  }

  /** Prints a line that stays. */
  public synchronized void line(String text) {
    clear();
    out.println(shown(text));
    out.flush();
  }

  /** Redraws the live line. Without a terminal, prints a line that stays. */
  public synchronized void live(String text) {
    if (!terminal) {
      line(text);
      return;
    }
    out.print(ERASE_LINE + shown(text));
    out.flush();
    live = true;
  }

  /** Keeps the live line as it is, and moves below it. */
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
