package dev.onehot.nightly;

import dev.onehot.registry.RegistryLock;
import dev.onehot.train.IterationMetrics;
import dev.onehot.train.TrainingListener;
import dev.onehot.train.TrainingState;
import java.io.IOException;
import java.time.Duration;

/**
 * Ends a training soon after another run has taken the registry's lock, such as while this machine
 * slept: nothing of it will be published, and its files are being removed.
 */
final class LockWatch implements TrainingListener {

  private static final long PAUSE = Duration.ofSeconds(10).toNanos();

  private final RegistryLock lock;
  private long last = System.nanoTime();

  LockWatch(RegistryLock lock) {
    this.lock = lock;
  }

  @Override
  public void measured(IterationMetrics metrics) {}

  @Override
  public void updated(TrainingState state) {
    long now = System.nanoTime();
    if (now - last < PAUSE) {
      return;
    }
    last = now;
    try {
      lock.require();
    } catch (IOException e) {
      // What counts is the look before the model is published.
    }
  }
}
