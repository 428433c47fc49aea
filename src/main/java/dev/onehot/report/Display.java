package dev.onehot.report;

/**
 * How a {@link Console} shows its lines.
 *
 * @param kind where the lines go
 * @param columns the width of the terminal
 * @param colours whether the terminal is to show colours
 */
public record Display(Kind kind, int columns, boolean colours) {

  /** The width of a terminal that does not say its own. */
  public static final int USUAL_COLUMNS = 80;

  /** Where lines go. */
  public enum Kind {
    /** A terminal, which can redraw a line. */
    TERMINAL,
    /** A file or a pipe, where each line stays. */
    LOG,
    /** Nowhere, except for warnings and failures. */
    QUIET
  }

  /** A terminal. */
  public static Display terminal(int columns, boolean colours) {
    return new Display(Kind.TERMINAL, columns, colours);
  }

  /** A file or a pipe. */
  public static Display log() {
    return new Display(Kind.LOG, USUAL_COLUMNS, false);
  }

  /** The same place, where only warnings and failures are wanted. */
  public Display quiet() {
    return new Display(Kind.QUIET, columns, colours);
  }
}
