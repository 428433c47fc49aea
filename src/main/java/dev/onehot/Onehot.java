package dev.onehot;

import dev.onehot.cli.CommandLineApplication;

/** The entry point: {@code spark-submit --class dev.onehot.Onehot onehot.jar COMMAND …}. */
public final class Onehot {

  /** Set by submit.sh if stderr is a terminal, which Java cannot find out by itself. */
  private static final String TERMINAL = "ONEHOT_TERMINAL";

  private Onehot() {}

  public static void main(String[] args) {
    boolean terminal = "1".equals(System.getenv(TERMINAL));
    int exitCode = CommandLineApplication.run(System.out, System.err, terminal, args);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }
}
