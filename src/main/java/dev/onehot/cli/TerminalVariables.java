package dev.onehot.cli;

import dev.onehot.report.Display;
import java.util.Map;

/** What environment variables say of the terminal. */
final class TerminalVariables {

  /** Set by submit.sh if stderr is a terminal, which Java cannot find out by itself. */
  private static final String TERMINAL = "ONEHOT_TERMINAL";

  /** Set by submit.sh to the width of that terminal. */
  private static final String COLUMNS = "ONEHOT_COLUMNS";

  /** Any value turns colours off (no-color.org). */
  private static final String NO_COLOR = "NO_COLOR";

  private TerminalVariables() {}

  /** How to show lines on stderr: redrawn only on a terminal that is known to be able to. */
  static Display display(Map<String, String> environment) {
    String kind = environment.getOrDefault("TERM", "");
    if (!"1".equals(environment.get(TERMINAL)) || kind.isEmpty() || kind.equals("dumb")) {
      return Display.log();
    }
    String columns = environment.getOrDefault(COLUMNS, "");
    return Display.terminal(
        columns.matches("[1-9]\\d{0,3}") ? Integer.parseInt(columns) : Display.USUAL_COLUMNS,
        environment.getOrDefault(NO_COLOR, "").isEmpty());
  }
}
