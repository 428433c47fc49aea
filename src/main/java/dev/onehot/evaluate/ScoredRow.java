package dev.onehot.evaluate;

import java.io.Serializable;

/**
 * One labelled row as a model sees it.
 *
 * <p>Not a record: Spark sends scored rows between machines, and Kryo cannot read records.
 */
public final class ScoredRow implements Serializable {

  private static final long serialVersionUID = 1L;

  private final long position;
  private final int actual;
  private final int predicted;
  private final double probability;
  private final double probabilityOfActual;
  private final float[] features;

  ScoredRow(
      long position,
      int actual,
      int predicted,
      double probability,
      double probabilityOfActual,
      float[] features) {
    this.position = position;
    this.actual = actual;
    this.predicted = predicted;
    this.probability = probability;
    this.probabilityOfActual = probabilityOfActual;
    this.features = features;
  }

  /** The row's position in the whole input, from 0. */
  public long position() {
    return position;
  }

  /** The class that the row's label says. */
  public int actual() {
    return actual;
  }

  /** The class that the model predicts. */
  public int predicted() {
    return predicted;
  }

  /** The probability of the predicted class. */
  public double probability() {
    return probability;
  }

  /** The probability of the class that the label says. */
  public double probabilityOfActual() {
    return probabilityOfActual;
  }

  /** By how much the predicted class is more probable than the class that the label says. */
  public double gap() {
    return probability - probabilityOfActual;
  }

  /** F raw features; not a copy. Null if they were not kept. */
  public float[] features() {
    return features;
  }
}
