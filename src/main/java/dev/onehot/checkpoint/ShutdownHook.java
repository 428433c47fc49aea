package dev.onehot.checkpoint;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/** Does something when SIGTERM or Ctrl-C ends the process, before Spark and Hadoop shut down. */
final class ShutdownHook {

  /** Above Spark's context (40) and Hadoop's file systems (10): higher ones go first. */
  private static final int PRIORITY = 100;

  /** As long as writing a large model's checkpoint may take; Hadoop's default is 30 seconds. */
  private static final long MINUTES = 10;

  private static final String LOG_LEVEL = "ONEHOT_LOG_LEVEL";

  private final Runnable action;

  private ShutdownHook(Runnable action) {
    this.action = action;
  }

  /**
   * @param last is the last word: that Spark's threads fail when they are stopped under whatever
   *     was running is no news, unless somebody asked for Spark's log
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
      // It is being ended already, and nothing has been done yet.
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
      // It is being ended: too late, and no harm.
    }
  }
}
