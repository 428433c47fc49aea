package dev.onehot.cli;

import java.io.PrintStream;
import java.util.concurrent.RejectedExecutionException;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * Hides what Spark's threads say when their pools end under them. The command's work is done by
 * then, or its failure is known, and so nothing is lost: an answer that nobody waits for, or the
 * result of a task whose job has failed.
 */
final class StoppingNoise extends PrintStream {

  /** Its errors at that time are results of tasks that come too late. */
  private static final String SCHEDULER = "org.apache.spark.scheduler.TaskSchedulerImpl";

  private boolean inTrace;

  private StoppingNoise(PrintStream err) {
    super(err, true);
  }

  /** Begins to hide, before Spark's context is stopped. */
  static void hide() {
    if (System.getenv("ONEHOT_LOG_LEVEL") == null) {
      Configurator.setLevel(SCHEDULER, Level.OFF);
      System.setErr(of(System.err));
    }
  }

  /** Whether Spark is being stopped, or was. */
  static boolean isHidden() {
    return System.err instanceof StoppingNoise;
  }

  static PrintStream of(PrintStream err) {
    return err instanceof StoppingNoise ? err : new StoppingNoise(err);
  }

  /** A stack trace is printed object by object: first the exception, then its frames. */
  @Override
  public void println(Object line) {
    if (line instanceof Throwable) {
      inTrace = line instanceof RejectedExecutionException;
    } else if (!String.valueOf(line).startsWith("\t")) {
      inTrace = false;
    }
    if (!inTrace) {
      super.println(line);
    }
  }
}
