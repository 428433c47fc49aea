package dev.onehot.report;

import dev.onehot.failure.SettingNames;
import dev.onehot.report.Display.Kind;
import java.io.PrintStream;
import java.util.function.UnaryOperator;

/**
 * Lines for a person, on stderr. On a terminal the last line may be a live line, which is redrawn
 * in place. Any other line appears above it. Passwords in URIs are hidden.
 */
public final class Console {

  static final String WARNING = "warning: ";

  private static final String FAILURE = "onehot: ";
  private static final String ERASE_LINE = "\r\u001b[K";

  /** If the window has become narrower, the terminal cuts the line instead of wrapping it. */
  private static final String NO_WRAP = "\u001b[?7l";

  private static final String WRAP = "\u001b[?7h";
  private static final String YELLOW = "\u001b[33m";
  private static final String PLAIN = "\u001b[0m";

  private final PrintStream out;
  private final Display display;
  private final UnaryOperator<String> naming;
  private boolean live;
  private String failure;

  /**
   * A console that writes the plain names of settings.
   *
   * @param terminal whether {@code out} is a terminal, where a line can be redrawn
   */
  public Console(PrintStream out, boolean terminal) {
    this(
        out,
        terminal ? Display.terminal(Display.USUAL_COLUMNS, false) : Display.log(),
        SettingNames::plain);
  }

  /**
   * A console that writes the names of settings in its own way.
   *
   * @param naming replaces the names that {@link SettingNames} marks in a line
   */
  public Console(PrintStream out, Display display, UnaryOperator<String> naming) {
    this.out = out;
    this.display = display;
    this.naming = naming;
  }

  /** Where the lines go. */
  Kind kind() {
    return display.kind();
  }

  /**
   * Prints a line that stays. A quiet console prints it only if it begins as a warning or a failure
   * does.
   */
  public synchronized void line(String text) {
    boolean warning = text.startsWith(WARNING);
    if (kind() == Kind.QUIET && !warning && !text.startsWith(FAILURE)) {
      return;
    }
    erase();
    String shown = shown(text);
    if (text.startsWith(FAILURE)) {
      failure = shown.substring(FAILURE.length());
    }
    out.println(
        warning && display.colours()
            ? YELLOW
                + shown.substring(0, WARNING.length())
                + PLAIN
                + shown.substring(WARNING.length())
            : shown);
    out.flush();
  }

  /** The last line that began as a failure does, without that beginning; null if there was none. */
  public synchronized String failure() {
    return failure;
  }

  /** Redraws the live line. Without a terminal, prints a line that stays. */
  public synchronized void live(ProgressLine progress) {
    if (kind() != Kind.TERMINAL) {
      line(progress.plain());
      return;
    }
    // A secret is no longer recognized once the line is cut.
    String fitted = progress.as(this::shown).fitted(display.columns(), display.colours());
    out.print(ERASE_LINE + NO_WRAP + fitted + WRAP);
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

  /** Removes the live line. */
  public synchronized void erase() {
    if (live) {
      out.print(ERASE_LINE);
      out.flush();
      live = false;
    }
  }

  private String shown(String text) {
    return Redaction.uris(naming.apply(text));
  }
}
