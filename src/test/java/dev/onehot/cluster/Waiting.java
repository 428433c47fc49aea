package dev.onehot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** For what happens in other processes. */
final class Waiting {

  private static final long PATIENCE_SECONDS = 180;
  private static final long LOOK_AGAIN_MILLISECONDS = 50;

  private Waiting() {}

  /** Waits until something is so; fails if that takes too long. */
  static void until(String what, BooleanSupplier so) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!so.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time: " + what).isLessThan(end);
      try {
        Thread.sleep(LOOK_AGAIN_MILLISECONDS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
