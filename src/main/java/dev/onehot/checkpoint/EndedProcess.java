package dev.onehot.checkpoint;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;

/** Does something when the process is ended, by SIGTERM or Ctrl-C, before Spark and files go. */
final class EndedProcess {

  /** Above Spark's context (40) and Hadoop's file systems (10): higher ones go first. */
  private static final int PRIORITY = 100;

  /** As long as writing a large model's checkpoint may take; Hadoop's default is 30 seconds. */
  private static final long MINUTES = 10;

  private final Runnable action;

  private EndedProcess(Runnable action) {
    this.action = action;
  }

  /**
   * @param last is the last word: what Spark's threads write to stderr themselves, not through the
   *     log, when they are stopped under whatever was running, is no news
   */
  static EndedProcess watch(Runnable last) {
    EndedProcess watched =
        new EndedProcess(
            () -> {
              last.run();
              System.setErr(new PrintStream(OutputStream.nullOutputStream()));
            });
    try {
      ShutdownHookManager.get()
          .addShutdownHook(watched.action, PRIORITY, MINUTES, TimeUnit.MINUTES);
    } catch (IllegalStateException e) {
      // It is being ended already, and nothing has been done yet.
    }
    return watched;
  }

  void unwatch() {
    try {
      ShutdownHookManager.get().removeShutdownHook(action);
    } catch (IllegalStateException e) {
      // It is being ended: too late, and no harm.
    }
  }
}
