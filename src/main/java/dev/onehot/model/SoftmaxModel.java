package dev.onehot.model;

import dev.onehot.math.Accuracy;
import dev.onehot.math.Activation;
import dev.onehot.math.FeatureScaling;
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
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A trained softmax regression: {@code P = softmax(f(scaled(X)·W1 + b1))}. It needs neither Spark
 * nor Hadoop. It is immutable, and many threads may use it.
 *
 * <p>Features are raw values as in the input, such as pixels of 0 … 255. The model scales them.
 */
public final class SoftmaxModel implements Serializable {

  private static final long serialVersionUID = 1L;

  private final LinearPart linear;
  private final Activation activation;
  private final String[] classNames;
  private final String[] labels;
  private final String[] featureNames;

  /**
   * A model whose classes are called like their labels, and whose features have no names; {@link
   * #withLabels}, {@link #withFeatureNames} and {@link #withMissingMeans} add what is known.
   *
   * @param weights W1, F × C, row after row
   * @param bias b1, C numbers, or null for none
   * @param activation the function between the logits and the softmax
   * @param scaling what the model makes of raw features
   * @param classNames C names, each different
   * @throws IllegalArgumentException if the lengths contradict each other, or names are the same
   */
  public SoftmaxModel(
      double[] weights,
      double[] bias,
      Activation activation,
      FeatureScaling scaling,
      List<String> classNames) {
    this(
        new LinearPart(
            weights.clone(), bias == null ? null : bias.clone(), classNames.size(), scaling, null),
        activation,
        classNames.toArray(String[]::new),
        classNames.toArray(String[]::new),
        null);
  }

  /**
   * The same with one scale for all features.
   *
   * @param featureScale the factor for raw features, 1/255 for pixels
   */
  public SoftmaxModel(
      double[] weights,
      double[] bias,
      Activation activation,
      double featureScale,
      List<String> classNames) {
    this(weights, bias, activation, FeatureScaling.uniform(featureScale), classNames);
  }

  /** Copies no array. */
  SoftmaxModel(
      LinearPart linear,
      Activation activation,
      String[] classNames,
      String[] labels,
      String[] featureNames) {
    this.linear = linear;
    this.activation = activation;
    this.classNames = distinct(classNames, linear.classes(), "class names");
    this.labels = distinct(labels, linear.classes(), "labels");
    this.featureNames =
        featureNames == null ? null : distinct(featureNames, linear.features(), "feature names");
  }

  private static String[] distinct(String[] names, int count, String what) {
    if (names.length != count || Set.copyOf(Arrays.asList(names)).size() != count) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d %s, where %d different ones belong", names.length, what, count));
    }
    return names;
  }

  /**
   * This model for rows whose labels differ from the names of the classes. Shares the weights.
   *
   * @param others for each class, its label as it stands in the rows; each different
   */
  public SoftmaxModel withLabels(List<String> others) {
    return new SoftmaxModel(
        linear, activation, classNames, others.toArray(String[]::new), featureNames);
  }

  /**
   * This model with names of the features. Shares the weights.
   *
   * @param names F names, each different; empty for none
   */
  public SoftmaxModel withFeatureNames(List<String> names) {
    return new SoftmaxModel(
        linear,
        activation,
        classNames,
        labels,
        names.isEmpty() ? null : names.toArray(String[]::new));
  }

  /**
   * This model with numbers that take the place of missing features, which are NaN. Without them, a
   * row with a missing feature has no probabilities. Shares the weights.
   *
   * @param means F raw numbers, used as float32; null for none
   */
  public SoftmaxModel withMissingMeans(double[] means) {
    return new SoftmaxModel(
        linear.withMeans(means == null ? null : means.clone()),
        activation,
        classNames,
        labels,
        featureNames);
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
    return linear.features();
  }

  /** C, the number of classes. */
  public int classes() {
    return linear.classes();
  }

  /** C names, in the order of the classes. */
  public List<String> classNames() {
    return List.of(classNames);
  }

  /** Whether the classes are called 0 to C − 1. */
  boolean hasNumbersAsNames() {
    return classNames().equals(numbers(classes()));
  }

  /** The numbers of the classes as texts. */
  static List<String> numbers(int classes) {
    return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
  }

  /** For each class its label, as it stands in the rows that the model was trained on. */
  public List<String> labels() {
    return List.of(labels);
  }

  /** F names of the features; empty if they have none. */
  public List<String> featureNames() {
    return featureNames == null ? List.of() : List.of(featureNames);
  }

  /** The function between the logits and the softmax. */
  public Activation activation() {
    return activation;
  }

  /** What the model makes of raw features. */
  public FeatureScaling scaling() {
    return linear.scaling();
  }

  /** F raw numbers in place of missing features; null if there are none; a copy. */
  public double[] missingMeans() {
    return linear.means() == null ? null : linear.means().clone();
  }

  /** W1, F × C in float64, row after row; a copy. */
  public double[] weights() {
    return linear.weights().clone();
  }

  /** The weight of a feature for a class. */
  public double weight(int feature, int c) {
    return linear.weights()[feature * classes() + c];
  }

  /** Whether each class has a bias. */
  public boolean hasBias() {
    return linear.bias() != null;
  }

  /** b1, C numbers, or null if the model has no bias; a copy. */
  public double[] bias() {
    return hasBias() ? linear.bias().clone() : null;
  }

  /** The weights, as this package uses them. */
  LinearPart linear() {
    return linear;
  }

  /**
   * {@code X·W1 + b1} of one row.
   *
   * @param features F raw numbers, as in the input; NaN for a missing one
   * @return C logits
   */
  public double[] logits(double[] features) {
    if (features.length != features()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "a row of %d features for a model of %d", features.length, features()));
    }
    return linear.logits(features);
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
    return new RowScorer(linear, activation);
  }

  /** SHA-256 over W1's little-endian float64 bytes in C order, in hexadecimal. */
  public String w1Sha256() {
    return sha256(linear.weights());
  }

  /** The same over b1; null without a bias. */
  public String b1Sha256() {
    return hasBias() ? sha256(linear.bias()) : null;
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
}
