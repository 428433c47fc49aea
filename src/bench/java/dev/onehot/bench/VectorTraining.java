package dev.onehot.bench;

import java.util.List;

/** A library that trains on the same vectors as the others. */
interface VectorTraining {

  /**
   * A training.
   *
   * @param seconds that it took
   * @param accuracy on the test rows
   * @param iterationMilliseconds of each iteration but the first
   */
  record Run(double seconds, double accuracy, List<Double> iterationMilliseconds) {}

  /** Trains on rows that are in memory as it wants them. */
  Run fit(int iterations);

  /** The bytes of its training rows in memory. */
  long cachedBytes();
}
