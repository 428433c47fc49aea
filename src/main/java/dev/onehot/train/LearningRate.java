package dev.onehot.train;

import java.util.Map;

/**
 * The learning rate. It rises linearly over the warm-up and then stays the same. Each time training
 * has to slow down, it is halved.
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
   * @param full the rate after the warm-up
   * @param warmup the number of iterations of the warm-up; 0 for none
   */
  LearningRate(double full, int warmup) {
    this.full = full;
    this.warmup = warmup;
  }

  /** The learning rate of an iteration's update. Iterations count from 0. */
  double at(int iteration) {
    return full * Math.min(1, (iteration + 1.0) / Math.max(1, warmup));
  }

  /** Halves the rate if the loss is higher than at the last call. Returns whether it is. */
  boolean slowDown(double newLoss) {
    boolean rose = newLoss > loss;
    loss = newLoss;
    if (rose) {
      full /= 2;
    }
    return rose;
  }

  /** Adds the named array that later rates depend on. */
  void save(Map<String, double[]> arrays) {
    arrays.put(STATE, new double[] {full, loss});
  }

  /** Restores the state that {@link #save} saved. */
  void restore(TrainingSnapshot snapshot) {
    double[] state = snapshot.array(STATE, 2);
    full = state[0];
    loss = state[1];
  }
}
