package dev.onehot.data.vectors;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Objects;
import org.apache.spark.ml.linalg.Vector;

/**
 * A row to train or test on: F features, the label of its class, and how much it counts.
 *
 * <p>What a row may hold is checked when it is used, where its place in the RDD is known; {@link
 * VectorSource} says how.
 *
 * <p>Not a record: Spark may move it with {@code spark.serializer}, and Kryo cannot read records.
 */
public final class LabelledVector implements Serializable {

  private static final long serialVersionUID = 1L;

  private final String label;
  private final Vector features;
  private final double weight;

  private LabelledVector(String label, Vector features, double weight) {
    this.label = Objects.requireNonNull(label, "a label");
    this.features = Objects.requireNonNull(features, "a vector of features");
    this.weight = weight;
  }

  /**
   * A row whose class has a name.
   *
   * @param label the class, such as {@code setosa}; a whole number is the same class however it is
   *     written
   * @param features F raw features, dense or sparse; the same numbers are the same row
   */
  public static LabelledVector of(String label, Vector features) {
    return new LabelledVector(label, features, 1);
  }

  /**
   * A row whose class has a number, as in MLlib.
   *
   * @param label the class; 1.0 is the same class as {@code "1"}. Numbers need neither begin at 0
   *     nor be without gaps
   * @param features F raw features, dense or sparse; the same numbers are the same row
   */
  public static LabelledVector of(double label, Vector features) {
    return new LabelledVector(text(label), features, 1);
  }

  private static String text(double label) {
    return label == Math.rint(label) && !Double.isInfinite(label)
        ? new BigDecimal(label).toBigInteger().toString()
        : Double.toString(label);
  }

  /**
   * The same row with another weight.
   *
   * @param other how much the row counts, a finite number of 0 or more; 1 by default
   */
  public LabelledVector withWeight(double other) {
    return new LabelledVector(label, features, other);
  }

  /** The label of its class. */
  public String label() {
    return label;
  }

  /** Its F raw features. */
  public Vector features() {
    return features;
  }

  /** How much it counts. */
  public double weight() {
    return weight;
  }

  @Override
  public String toString() {
    return "(" + label + "," + features + "," + weight + ")";
  }
}
