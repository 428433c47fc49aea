package dev.onehot.train;

import java.util.Map;

/**
 * Rises linearly over the warm-up, then stays; halved each time training has to slow down.
 *
 * <p>Momentum is restarted at the same time (O'Donoghue and Candès, "Adaptive restart for
 * accelerated gradient schemes", Foundations of Computational Mathematics 15, 2015, section 3.2).
 */
final class LearningRate {

  private static final String STATE = "learningRate";

  private final int warmup;
  private double full;
  private double loss = Double.POSITIVE_INFINITY;

  /**
   * @param full once warmed up
   * @param warmup iterations; 0 for none
   */
  LearningRate(double full, int warmup) {
    this.full = full;
    this.warmup = warmup;
  }

  /** Of the update after so many others. */
  double at(int iteration) {
    return full * Math.min(1, (iteration + 1.0) / Math.max(1, warmup));
  }

  /** Halves the rate if the loss is higher than it was the last time; returns whether it is. */
  boolean slowDown(double newLoss) {
    boolean rose = newLoss > loss;
    loss = newLoss;
    if (rose) {
      full /= 2;
    }
    return rose;
  }

  /** Adds what later rates depend on, by name. */
  void save(Map<String, double[]> arrays) {
    arrays.put(STATE, new double[] {full, loss});
  }

  /** Becomes what {@link #save} told of. */
  void restore(TrainingSnapshot snapshot) {
    double[] state = snapshot.array(STATE, 2);
    full = state[0];
    loss = state[1];
  }
}
