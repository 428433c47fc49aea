package dev.onehot.cli;

import dev.onehot.failure.EndedBySignalException;
import dev.onehot.job.SparkFailure;
import dev.onehot.job.Verdict;
import dev.onehot.report.Redaction;
import dev.onehot.storage.SignalWatch;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Reports a failure on one line. Prints the stack trace only if the user asked for it. */
final class FailureReport {

  private static final int USAGE = 2;
  private static final String PREFIX = "onehot: ";

  private final PrintStream err;
  private final boolean stackTrace;
  private final OptionNames names;
  private String line;

  FailureReport(PrintStream err, boolean stackTrace, OptionNames names) {
    this.err = err;
    this.stackTrace = stackTrace;
    this.names = names;
  }

  /** Reports a failure of a command; returns the exit code. */
  int report(Throwable thrown) {
    Throwable failure = LackOfMemory.reason(thrown);
    if (stackTrace) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace, true));
      err.print(Redaction.uris(trace.toString()));
    }
    Verdict verdict = Verdict.failed(failure);
    if (!(failure instanceof EndedBySignalException || SignalWatch.ending())) {
      boolean helps = !stackTrace && SparkFailure.find(failure).isEmpty();
      print(oneLine(verdict.message()) + (helps ? " (--stacktrace shows where)" : ""));
    }
    return verdict.exitCode();
  }

  /** Reports wrong arguments; returns the exit code. */
  int reportUsage(String problem, String command) {
    print(oneLine(problem) + " (" + command + " --help lists the options)");
    return USAGE;
  }

  /** What was reported last, on one line and without secrets; null if nothing was. */
  String line() {
    return line;
  }

  private void print(String text) {
    line = text;
    err.println(PREFIX + text);
  }

  private String oneLine(String message) {
    return Redaction.uris(names.in(message.lines().findFirst().orElse("").strip()));
  }
}
