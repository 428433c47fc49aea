package dev.onehot.cli;

import dev.onehot.failure.OutputException;
import dev.onehot.report.Console;
import dev.onehot.report.Redaction;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.fs.Path;

/**
 * Where a command prints.
 *
 * @param results stdout, for results that a script reads
 * @param console stderr, for lines that a person watches
 * @param model holds the directory of the model that the command has published, for the verdict
 */
record CommandOutput(PrintStream results, Console console, AtomicReference<Path> model) {

  CommandOutput(PrintStream results, Console console) {
    this(results, console, new AtomicReference<>());
  }

  /**
   * Prints the result of a command.
   *
   * @param left what the command leaves behind, in case that its result cannot be printed
   * @throws OutputException if it cannot be printed, unless its reader has gone
   */
  void result(String text, String left) {
    results.print(text);
    results.flush();
    requireWritten(Redaction.uris(left));
  }

  /**
   * Makes sure that everything has been written.
   *
   * @throws OutputException if something could not be written, unless the reader has gone
   */
  void requireWritten(String left) {
    if (results instanceof ResultStream stream && stream.failure() != null) {
      IOException failure = stream.failure();
      if (!ResultStream.isBrokenPipe(failure)) {
        throw new OutputException(
            String.format(
                Locale.ROOT,
                "standard output: the results could not be written (%s); %s",
                failure.getMessage(),
                left),
            failure);
      }
    }
  }
}
