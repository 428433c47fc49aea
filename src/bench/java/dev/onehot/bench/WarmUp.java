package dev.onehot.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

/**
 * Trains until the JVM has compiled what is hot. Much of Spark's own code runs a few times an
 * iteration only, and gets its turn late: so the end is not a time, but that the compilers have
 * become quiet, by the same rule for every engine.
 */
final class WarmUp {

  private static final double MOST_SECONDS = 120;
  private static final double WINDOW_SECONDS = 10;

  /** The compilers' share of the time in which they count as quiet. */
  private static final double QUIET = 0.05;

  private WarmUp() {}

  /** Trains again and again; what the compilers did goes to the log. */
  static void of(Runnable training) {
    CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
    long start = System.nanoTime();
    double share;
    do {
      long compiled = compilers.getTotalCompilationTime();
      long window = System.nanoTime();
      do {
        training.run();
      } while (secondsSince(window) < WINDOW_SECONDS);
      share = (compilers.getTotalCompilationTime() - compiled) / 1e3 / secondsSince(window);
      System.err.printf(
          "warm-up: after %.0f s compilers take %.2f of the time%n", secondsSince(start), share);
    } while (share > QUIET && secondsSince(start) < MOST_SECONDS);
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
