package dev.onehot.checkpoint;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/** Runs an action when SIGTERM or Ctrl-C ends the process, before Spark and Hadoop shut down. */
final class ShutdownHook {

  /** Hooks of higher priority run first: Spark's context has 40, Hadoop's file systems have 10. */
  private static final int PRIORITY = 100;

  /**
   * A time-out, long enough to write a large model's checkpoint. Hadoop's default is 30 seconds.
   */
  private static final long MINUTES = 10;

  private static final String LOG_LEVEL = "ONEHOT_LOG_LEVEL";

  private final Runnable action;

  private ShutdownHook(Runnable action) {
    this.action = action;
  }

  /**
   * Registers an action. After it, Spark's log is silent, unless the user asked for it: Spark's
   * threads fail when they are stopped, and that is no news.
   *
   * @param last the action, which prints the last lines for the user
   */
  static ShutdownHook watch(Runnable last) {
    ShutdownHook watched =
        new ShutdownHook(
            () -> {
              last.run();
              if (System.getenv(LOG_LEVEL) == null) {
                silenceSpark();
              }
            });
    try {
      ShutdownHookManager.get()
          .addShutdownHook(watched.action, PRIORITY, MINUTES, TimeUnit.MINUTES);
    } catch (IllegalStateException e) {
      // The process is ending already, and there is nothing to save yet.
    }
    return watched;
  }

  private static void silenceSpark() {
    Configurator.setAllLevels("org.apache.spark", Level.OFF);
    // Some threads print stack traces themselves.
    System.setErr(new PrintStream(OutputStream.nullOutputStream()));
  }

  void unwatch() {
    try {
      ShutdownHookManager.get().removeShutdownHook(action);
    } catch (IllegalStateException e) {
      // The process is ending. The hook stays, which does no harm.
    }
  }
}
