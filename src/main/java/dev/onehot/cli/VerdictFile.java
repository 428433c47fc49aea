package dev.onehot.cli;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.OutputException;
import dev.onehot.job.ProcessVerdict;
import dev.onehot.job.Verdict;
import dev.onehot.report.Redaction;
import dev.onehot.storage.SignalWatch;
import dev.onehot.storage.Storage;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine;

/**
 * The verdict of this process in the file that {@code --verdict} names. If there is none, and
 * submit.sh waits for a driver in a cluster, in a hidden file beside the output, if the command
 * fails.
 */
final class VerdictFile {

  private final Instant started = Instant.now();
  private final VerdictPlace place;
  private final String command;
  private final Supplier<Configuration> hadoop;
  private boolean endedBySignal;

  /**
   * @param place null if nobody wants a verdict
   */
  private VerdictFile(VerdictPlace place, String command, Supplier<Configuration> hadoop) {
    this.place = place;
    this.command = command;
    this.hadoop = hadoop;
  }

  /**
   * The file that these arguments want.
   *
   * @param hadoop Hadoop's configuration, asked for only if there is a file to write
   */
  static VerdictFile of(
      List<String> arguments, CommandLine commandLine, Supplier<Configuration> hadoop) {
    return new VerdictFile(
        VerdictPlace.of(arguments), Commands.words(arguments, commandLine), hadoop);
  }

  /**
   * Removes the verdict of an earlier run, which nobody must take for this one's.
   *
   * @throws InvalidSettingsException if the file cannot be written
   */
  void clear() {
    if (place == null || !place.isFile()) {
      return;
    }
    try {
      place.clear(hadoop.get());
    } catch (IOException | RuntimeException e) {
      throw new InvalidSettingsException(
          String.format(
              Locale.ROOT,
              "%s %s: cannot be written (%s); name a file that can be written",
              CommonArguments.VERDICT,
              place.path(),
              Storage.reason(e, place.path())),
          e);
    }
  }

  /**
   * Leaves the verdict on a command that has ended. If it cannot be written, that is a warning
   * after a failure, and otherwise a failure.
   *
   * @param exitCode the command's
   * @return the process's exit code
   */
  int leave(int exitCode, FailureReport failures, CommandOutput output) {
    if (SignalWatch.ending()) {
      return exitCode;
    }
    String told = failures.line() == null ? output.console().failure() : failures.line();
    try {
      write(exitCode, exitCode == 0 ? null : told, output);
      return exitCode;
    } catch (OutputException e) {
      if (exitCode == 0) {
        return failures.report(e);
      }
      output.console().line("warning: " + e.getMessage());
      return exitCode;
    }
  }

  /** Leaves the verdict on a process that a signal ends. Nothing is written after it. */
  synchronized void leaveEndedBySignal(int exitCode, CommandOutput output) {
    try {
      write(exitCode, output.console().failure(), output);
    } catch (OutputException e) {
      output.console().line("warning: " + e.getMessage());
    }
    endedBySignal = true;
  }

  private synchronized void write(int exitCode, String message, CommandOutput output) {
    if (place == null || endedBySignal || (exitCode == 0 && !place.isFile())) {
      return;
    }
    Path model = output.model().get();
    ProcessVerdict verdict =
        new ProcessVerdict(
            ProcessVerdict.FORMAT,
            exitCode == 0 ? Verdict.SUCCEEDED : Verdict.FAILED,
            exitCode,
            message,
            command,
            started.toString(),
            Instant.now().toString(),
            model == null ? null : Redaction.uris(model.toString()),
            place.run());
    try {
      place.write(verdict, hadoop.get());
    } catch (IOException | RuntimeException e) {
      throw new OutputException(
          String.format(
              Locale.ROOT,
              "%s %s: could not be written (%s)%s",
              place.isFile() ? CommonArguments.VERDICT : "the verdict beside",
              place.path(),
              Storage.reason(e, place.path()),
              exitCode == 0 ? "; the command itself has done its work" : ""),
          e);
    }
  }
}
