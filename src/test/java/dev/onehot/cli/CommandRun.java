package dev.onehot.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What one command printed and ended with, run in this JVM. */
record CommandRun(int exitCode, String out, String err) {

  static CommandRun of(String... arguments) {
    return in(Map.of(), arguments);
  }

  /** Runs it with environment variables that say what stderr is. */
  static CommandRun in(Map<String, String> environment, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        CommandLineApplication.run(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment,
            arguments);
    return new CommandRun(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The last line of stderr. */
  String lastError() {
    return err.lines().reduce((first, second) -> second).orElse("");
  }
}
