package dev.onehot.bench;

import dev.onehot.train.IterationMetrics;
import dev.onehot.train.TrainingListener;
import java.util.ArrayList;
import java.util.List;

/** Times a training's iterations, from one measurement to the next. */
final class IterationClock implements TrainingListener {

  private static final double NANOS_PER_MILLI = 1e6;

  private final List<Double> milliseconds = new ArrayList<>();
  private long last;

  @Override
  public void measured(IterationMetrics metrics) {
    long now = System.nanoTime();
    if (last != 0) {
      milliseconds.add((now - last) / NANOS_PER_MILLI);
    }
    last = now;
  }

  /** Of all iterations but the first. */
  List<Double> milliseconds() {
    return milliseconds;
  }
}
