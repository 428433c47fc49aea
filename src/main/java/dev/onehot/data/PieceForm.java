package dev.onehot.data;

import dev.onehot.failure.InputException;
import dev.onehot.math.ByteRows;
import dev.onehot.math.FeatureValues;
import dev.onehot.math.RowValues;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What becomes of the rows of pieces when all pieces are known: one number of features, class
 * numbers for labels, means for what is missing, and weights up to 1.
 *
 * <p>Not a record: tasks get it by {@code spark.serializer} in an RDD, and Kryo cannot read
 * records.
 */
final class PieceForm implements Serializable {

  private static final long serialVersionUID = 1L;

  private final int features;
  private final String[] labels;
  private final FeatureValues real;
  private final double[] means;
  private final Short weightExponent;
  private transient Map<String, Integer> classes;

  /**
   * @param features F
   * @param labels C labels in the order of the classes; empty without labels
   * @param real what blocks of real numbers hold; null for blocks of bytes
   * @param means F means for missing values; null if none is missing
   * @param weightExponent weights are at most 2 to this power; null without weights
   */
  PieceForm(
      int features, List<String> labels, FeatureValues real, double[] means, Short weightExponent) {
    this.features = features;
    this.labels = labels.toArray(String[]::new);
    this.real = real;
    this.means = means;
    this.weightExponent = weightExponent;
  }

  int features() {
    return features;
  }

  List<String> labels() {
    return List.of(labels);
  }

  /** What blocks of real numbers hold; null for blocks of bytes. */
  FeatureValues real() {
    return real;
  }

  double[] means() {
    return means;
  }

  Short weightExponent() {
    return weightExponent;
  }

  /**
   * For each label of a piece's dictionary its class; −1 for a label that only rows have which
   * aren't used.
   */
  int[] classesOf(RowPiece piece) {
    if (classes == null) {
      Map<String, Integer> numbers = new HashMap<>();
      for (int c = 0; c < labels.length; c++) {
        numbers.put(labels[c], c);
      }
      classes = numbers;
    }
    return piece.dictionary().stream().mapToInt(label -> classes.getOrDefault(label, -1)).toArray();
  }

  /**
   * Makes sure that a piece doesn't have more features than the survey has found.
   *
   * @throws InputException if it does
   */
  void requireFeatures(RowPiece piece) {
    if (piece.rows() > 0 && piece.values().features() > features) {
      throw changed(piece.file());
    }
  }

  /**
   * What is thrown if rows aren't those that were surveyed: Spark reads pieces again that its cache
   * doesn't have, and the input may have changed meanwhile.
   */
  static InputException changed(String file) {
    return new InputException(
        String.format(
            Locale.ROOT,
            "%s: changed since the run began; run again on input that stays as it is",
            file == null ? "the input" : file));
  }

  /** The rows from … to − 1 of a piece, with F features, and nothing missing. */
  RowValues rows(RowPiece piece, int from, int to) {
    RowValues rows = piece.values().slice(from, to).withFeatures(features);
    return means == null ? rows : rows.withMissing(means);
  }

  /** The same rows as unsigned bytes, if blocks hold bytes. */
  ByteRows bytes(RowPiece piece, int from, int to) {
    byte[] bytes = new byte[(to - from) * features];
    for (int r = from; r < to; r++) {
      piece.values().copyBytes(r, bytes, (r - from) * features);
    }
    return new ByteRows(features, bytes);
  }

  /** The weights of the same rows as blocks hold them; null without weights. */
  float[] weights(RowPiece piece, int from, int to) {
    if (weightExponent == null) {
      return null;
    }
    float[] weights = new float[to - from];
    for (int r = from; r < to; r++) {
      float weight = piece.weights() == null ? 1 : piece.weights()[r];
      weights[r - from] = (float) Math.scalb((double) weight, -weightExponent);
    }
    return weights;
  }
}
