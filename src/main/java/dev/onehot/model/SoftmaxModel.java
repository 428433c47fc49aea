package dev.onehot.model;

import dev.onehot.math.Accuracy;
import dev.onehot.math.Activation;
import dev.onehot.math.Softmax;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A trained softmax regression: {@code P = softmax(f(X·W1 + b1))}. It needs neither Spark nor
 * Hadoop. It is immutable, and many threads may use it.
 *
 * <p>Features are raw values as in the input, such as pixels of 0 … 255. The model scales them.
 */
public final class SoftmaxModel implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final int PIECE = 1 << 13;

  private final double[] weights;
  private final double[] bias;
  private final Activation activation;
  private final double featureScale;
  private final String[] classNames;

  /**
   * @param weights W1, F × C, row after row
   * @param bias b1, C numbers, or null for none
   * @param activation the function between the logits and the softmax
   * @param featureScale the factor for raw features, 1/255 for pixels
   * @param classNames C names
   * @throws IllegalArgumentException if the lengths contradict each other
   */
  public SoftmaxModel(
      double[] weights,
      double[] bias,
      Activation activation,
      double featureScale,
      List<String> classNames) {
    int classes = classNames.size();
    if (classes == 0 || weights.length == 0 || weights.length % classes != 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d weights are no whole rows of %d classes", weights.length, classes));
    }
    if (bias != null && bias.length != classes) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%d biases for %d classes", bias.length, classes));
    }
    this.weights = weights.clone();
    this.bias = bias == null ? null : bias.clone();
    this.activation = activation;
    this.featureScale = featureScale;
    this.classNames = classNames.toArray(String[]::new);
  }

  /**
   * Loads a model directory.
   *
   * @throws IOException if a file is missing, damaged or that of another model, or is of a newer
   *     format; the message names it
   */
  public static SoftmaxModel load(Path directory) throws IOException {
    return ModelDirectory.load(
            directory.toString(), name -> Files.newInputStream(directory.resolve(name)))
        .model();
  }

  /**
   * Writes the model's files into an existing directory. {@link #load} reads them.
   *
   * @throws IOException if a file cannot be written
   */
  public void save(Path directory) throws IOException {
    ModelFiles.write(
        this, null, new DigestedFiles(name -> Files.newOutputStream(directory.resolve(name))));
  }

  /** F, the number of features. */
  public int features() {
    return weights.length / classes();
  }

  /** C, the number of classes. */
  public int classes() {
    return classNames.length;
  }

  /** C names, in the order of the classes. */
  public List<String> classNames() {
    return List.of(classNames);
  }

  /** The function between the logits and the softmax. */
  public Activation activation() {
    return activation;
  }

  /** The factor for raw features. */
  public double featureScale() {
    return featureScale;
  }

  /** W1, F × C in float64, row after row; a copy. */
  public double[] weights() {
    return weights.clone();
  }

  /** Whether each class has a bias. */
  public boolean hasBias() {
    return bias != null;
  }

  /** b1, C numbers, or null if the model has no bias; a copy. */
  public double[] bias() {
    return bias == null ? null : bias.clone();
  }

  /**
   * {@code X·W1 + b1} of one row.
   *
   * @param features F raw numbers, as in the input
   * @return C logits
   */
  public double[] logits(double[] features) {
    if (features.length != features()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "a row of %d features for a model of %d", features.length, features()));
    }
    double[] logits = new double[classes()];
    for (int j = 0; j < features.length; j++) {
      addFeature(logits, j, features[j]);
    }
    addBias(logits);
    return logits;
  }

  private void addFeature(double[] logits, int j, double feature) {
    if (feature != 0) {
      double x = feature * featureScale;
      int at = j * logits.length;
      for (int c = 0; c < logits.length; c++) {
        logits[c] += x * weights[at + c];
      }
    }
  }

  private void addBias(double[] logits) {
    if (bias != null) {
      for (int c = 0; c < logits.length; c++) {
        logits[c] += bias[c];
      }
    }
  }

  /** C probabilities of one row of F raw features. */
  public double[] probabilities(double[] features) {
    return Softmax.of(activation.apply(logits(features)));
  }

  /** The most probable class of one row of F raw features. In a tie, the first class wins. */
  public int predict(double[] features) {
    return Accuracy.argmax(activation.apply(logits(features)));
  }

  /** The most probable class of each of N rows of F raw features. */
  public int[] predict(double[][] rows) {
    int[] labels = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      labels[i] = predict(rows[i]);
    }
    return labels;
  }

  /** The most probable class of one picture of F unsigned bytes. */
  public int predict(byte[] pixels) {
    double[] features = new double[pixels.length];
    for (int j = 0; j < pixels.length; j++) {
      features[j] = Byte.toUnsignedInt(pixels[j]);
    }
    return predict(features);
  }

  /** A scorer for many rows. It shares the model's weights. */
  public RowScorer scorer() {
    return new RowScorer(weights, bias, featureScale, activation, classes());
  }

  /** SHA-256 over W1's little-endian float64 bytes in C order, in hexadecimal. */
  public String w1Sha256() {
    return sha256(weights);
  }

  /** The same over b1; null without a bias. */
  public String b1Sha256() {
    return bias == null ? null : sha256(bias);
  }

  private static String sha256(double[] values) {
    try {
      MessageDigest digest = Sha256.digest();
      NpyFormat.writeValues(
          new DigestOutputStream(OutputStream.nullOutputStream(), digest), values);
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new AssertionError("nothing is written anywhere", e);
    }
  }

  /** Writes W1 as a NumPy array. */
  void writeWeights(OutputStream out) throws IOException {
    NpyFormat.write(out, weights, features(), classes());
  }

  /**
   * Writes the weights for raw features, W1 times the feature scale: only the numbers, as
   * little-endian float64 in C order, piece by piece, so that memory holds no copy of all.
   */
  void writeScaledWeights(OutputStream out) throws IOException {
    for (int from = 0; from < weights.length; from += PIECE) {
      int to = Math.min(weights.length - from, PIECE) + from;
      double[] piece = Arrays.copyOfRange(weights, from, to);
      for (int k = 0; k < piece.length; k++) {
        piece[k] *= featureScale;
      }
      NpyFormat.writeValues(out, piece);
    }
  }

  /** Writes b1 as a NumPy array. The model must have a bias. */
  void writeBias(OutputStream out) throws IOException {
    NpyFormat.write(out, bias, classes());
  }
}
