package dev.onehot.storage;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * Runs an action when SIGTERM or Ctrl-C ends the process, before Spark and Hadoop shut down. If
 * several watches are open, only the newest runs its action: it knows best what is left behind.
 * Each may have something to do afterwards.
 */
public final class SignalWatch implements AutoCloseable {

  /** Hooks of higher priority run first: Spark's context has 40, Hadoop's file systems have 10. */
  private static final int PRIORITY = 100;

  /**
   * A time-out, long enough to write a large model's checkpoint. Hadoop's default is 30 seconds.
   */
  private static final long MINUTES = 10;

  private static final String LOG_LEVEL = "ONEHOT_LOG_LEVEL";

  /** The JVM's handler of signals that end the process. */
  private static final String HANDLER = "java.lang.Terminator";

  /** What the JVM's exit code adds to the number of the signal. */
  private static final int SIGNALLED = 128;

  /** The signals that end a JVM, by the names of the threads that handle them. */
  private static final Map<String, Integer> SIGNALS =
      Map.of("SIGHUP handler", 1, "SIGINT handler", 2, "SIGTERM handler", 15);

  /** The open watches, the newest first. */
  private static final Deque<SignalWatch> OPEN = new ConcurrentLinkedDeque<>();

  private static final Runnable HOOK = SignalWatch::endOfProcess;

  private static volatile boolean ending;

  private final Runnable last;
  private final IntConsumer afterwards;

  private SignalWatch(Runnable last, IntConsumer afterwards) {
    this.last = last;
    this.afterwards = afterwards;
  }

  /**
   * Watches until {@link #close}. After the action, Spark's log is silent, unless the user asked
   * for it: Spark's threads fail when they are stopped, and that is no news.
   *
   * @param last the action, which prints the last line for the user
   */
  public static SignalWatch start(Runnable last) {
    return start(last, exitCode -> {});
  }

  /**
   * The same with something to do after the last line, whichever watch has printed that.
   *
   * @param afterwards gets the exit code that the signal leads to
   */
  public static SignalWatch start(Runnable last, IntConsumer afterwards) {
    SignalWatch watch = new SignalWatch(last, afterwards);
    OPEN.push(watch);
    try {
      // The manager keeps one hook of a kind, however often it is added.
      ShutdownHookManager.get().addShutdownHook(HOOK, PRIORITY, MINUTES, TimeUnit.MINUTES);
    } catch (IllegalStateException e) {
      // The process is ending already, and there is nothing to save yet.
    }
    return watch;
  }

  /** Whether a signal is ending this process. The user has been told, or is being told. */
  public static boolean ending() {
    return ending;
  }

  private static void endOfProcess() {
    SignalWatch newest = OPEN.peek();
    if (newest == null) {
      return;
    }
    // Spark also ends the process by itself, after a failure that is then reported.
    Optional<Thread> handler = handler();
    ending = handler.isPresent();
    newest.last.run();
    handler.ifPresent(
        thread -> OPEN.forEach(watch -> watch.afterwards.accept(exitCode(thread.getName()))));
    if (System.getenv(LOG_LEVEL) == null) {
      silenceSpark();
    }
  }

  /** The handler of a signal that waits for the hooks; empty if {@link System#exit} was called. */
  private static Optional<Thread> handler() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(
            thread ->
                Arrays.stream(thread.getValue())
                    .anyMatch(frame -> frame.getClassName().startsWith(HANDLER)))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static int exitCode(String handler) {
    return SIGNALLED + SIGNALS.getOrDefault(handler, SIGNALS.get("SIGTERM handler"));
  }

  private static void silenceSpark() {
    Configurator.setAllLevels("org.apache.spark", Level.OFF);
    // Some threads print stack traces themselves.
    System.setErr(new PrintStream(OutputStream.nullOutputStream()));
  }

  @Override
  public void close() {
    OPEN.remove(this);
  }
}
