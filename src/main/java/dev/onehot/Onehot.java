package dev.onehot;

import dev.onehot.cli.CommandLineApplication;
import dev.onehot.cli.ResultStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The entry point: {@code spark-submit --class dev.onehot.Onehot onehot.jar COMMAND …}. */
public final class Onehot {

  /** Set by submit.sh if stderr is a terminal, which Java cannot find out by itself. */
  private static final String TERMINAL = "ONEHOT_TERMINAL";

  private Onehot() {}

  /** Whether stderr is a terminal that can redraw a line. */
  static boolean redrawsLines(Map<String, String> environment) {
    String kind = environment.getOrDefault("TERM", "");
    return "1".equals(environment.get(TERMINAL)) && !kind.isEmpty() && !kind.equals("dumb");
  }

  public static void main(String[] args) {
    PrintStream out =
        new ResultStream(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8);
    int exitCode = CommandLineApplication.run(out, System.err, redrawsLines(System.getenv()), args);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }
}
