package dev.onehot.api;

import java.io.Serializable;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/**
 * What a model says of a row.
 *
 * <p>Not a record: Spark may move it with {@code spark.serializer}, and Kryo cannot read records.
 */
public final class Prediction implements Serializable {

  private static final long serialVersionUID = 1L;

  private final int classIndex;
  private final String label;
  private final double[] probabilities;

  Prediction(int classIndex, String label, double[] probabilities) {
    this.classIndex = classIndex;
    this.label = label;
    this.probabilities = probabilities;
  }

  /** The name of the most probable class. In a tie, the first class wins. */
  public String label() {
    return label;
  }

  /** The index of that class, 0 … C − 1. */
  public int classIndex() {
    return classIndex;
  }

  /** Its probability. */
  public double probability() {
    return probabilities[classIndex];
  }

  /** C probabilities, in the order of the classes; a copy. */
  public Vector probabilities() {
    return Vectors.dense(probabilities.clone());
  }

  @Override
  public String toString() {
    return "(" + label + "," + Vectors.dense(probabilities) + ")";
  }
}
