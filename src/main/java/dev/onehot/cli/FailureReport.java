package dev.onehot.cli;

import dev.onehot.checkpoint.Checkpoints;
import dev.onehot.failure.UserFailure;
import dev.onehot.report.Redaction;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkException;

/** Tells the user of a failure on one line, and of its stack trace only when asked to. */
final class FailureReport {

  private static final int UNEXPECTED = 1;
  private static final int USAGE = 2;
  private static final String PREFIX = "onehot: ";

  private final PrintStream err;
  private final boolean stackTrace;

  FailureReport(PrintStream err, boolean stackTrace) {
    this.err = err;
    this.stackTrace = stackTrace;
  }

  /** Reports a failure of a command; returns the exit code. */
  int report(Throwable failure) {
    if (Checkpoints.endedBySignal() && !stackTrace) {
      // That has been said, and stops Spark under whatever was running: a failure is no news.
      return UNEXPECTED;
    }
    if (stackTrace) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace, true));
      err.print(Redaction.uris(trace.toString()));
    }
    List<Throwable> causes = causes(failure);
    Optional<UserFailure> known = SparkFailure.among(causes);
    if (known.isPresent()) {
      err.println(PREFIX + oneLine(known.get().getMessage()));
      return known.get().exitCode();
    }
    Throwable root = causes.get(causes.size() - 1);
    String message = root.getMessage() == null ? "" : ": " + oneLine(root.getMessage());
    // A SparkException without a cause holds the task's whole stack trace in its message.
    String name = root instanceof SparkException ? "Spark" : root.getClass().getSimpleName();
    err.println(
        PREFIX
            + "unexpected failure: "
            + name
            + message
            + (stackTrace ? "" : " (--stacktrace shows where)"));
    return UNEXPECTED;
  }

  /** Reports arguments that make no sense; returns the exit code. */
  int reportUsage(String problem, String command) {
    err.println(PREFIX + oneLine(problem) + " (" + command + " --help lists the options)");
    return USAGE;
  }

  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable t = failure; t != null && !causes.contains(t); t = t.getCause()) {
      causes.add(t);
    }
    return causes;
  }

  private static String oneLine(String message) {
    return Redaction.uris(message.lines().findFirst().orElse("").strip());
  }
}
