package dev.onehot.model;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether the files of a model directory say the same of rows: W1.npy with b1.npy and model.json,
 * and model.onnx. That is, the same label, and the same probabilities as float32, which is what
 * model.onnx gives.
 *
 * <p>The two multiply and round in another order, so rounding may tell two classes apart that are
 * almost equally probable. Such a difference is none. How large it can be is known: a sum of n
 * products in float64 is off by at most {@code γ·Σ|products|}, whatever the order, with {@code γ =
 * n·u / (1 - n·u)} and {@code u = 2^-53}. Source: N. Higham, Accuracy and Stability of Numerical
 * Algorithms, 2nd edition, section 3.1.
 */
public final class FormatAgreement {

  private static final double U = 0x1p-53;

  /** The roundings of a product and of the bias. */
  private static final int MORE_ROUNDINGS = 3;

  /**
   * The relative rounding of a probability, in units of {@link #U} and beside one for each class:
   * the exponent is rounded, and is at least -745 where the result is not 0.
   */
  private static final int SOFTMAX_ROUNDINGS = 2_000;

  private final SoftmaxModel model;
  private final LinearPart linear;
  private final OnnxModel onnx;

  private FormatAgreement(SoftmaxModel model, OnnxModel onnx) {
    this.model = model;
    this.onnx = onnx;
    linear = model.linear();
  }

  /**
   * Reads the files of a model directory and compares what they say of rows. A model that is too
   * large for the format ONNX has no model.onnx, and nothing is compared.
   *
   * @param directory the directory's name, for messages
   * @param firstPosition the position of the first row, for messages
   * @param rows N × F raw features, row after row
   * @return in a sentence which file does not load, and why, or what differs first; empty if all
   *     load and nothing differs
   * @throws IllegalArgumentException if the numbers are no whole rows of the model's features
   */
  public static Optional<String> difference(
      String directory, ModelDirectory.Files files, long firstPosition, float[] rows) {
    try {
      ModelDirectory loaded = ModelDirectory.load(directory, files);
      if (!OnnxFormat.fits(loaded.model())) {
        return Optional.empty();
      }
      return difference(loaded.model(), onnx(directory, files, loaded), firstPosition, rows)
          .map(difference -> directory + ": " + difference);
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      return Optional.of(
          message.startsWith(directory + ": ") ? message : directory + ": " + message);
    }
  }

  private static OnnxModel onnx(String directory, ModelDirectory.Files files, ModelDirectory loaded)
      throws IOException {
    byte[] bytes;
    try (InputStream in = files.open(ModelFiles.ONNX)) {
      bytes = in.readAllBytes();
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw new IOException(
          String.format(Locale.ROOT, "%s: has no %s", directory, ModelFiles.ONNX), e);
    }
    OnnxModel onnx;
    try {
      onnx = OnnxModel.read(bytes);
    } catch (IOException e) {
      throw new IOException(
          String.format(
              Locale.ROOT, "%s: %s cannot be read: %s", directory, ModelFiles.ONNX, e.getMessage()),
          e);
    }
    String expected = loaded.digests().get(ModelFiles.ONNX);
    if (expected != null && !expected.equals(Sha256.of(bytes))) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: %s is damaged or belongs to another model: its SHA-256 is not the one in %s",
              directory,
              ModelFiles.ONNX,
              ModelFiles.DESCRIPTION));
    }
    return onnx;
  }

  /**
   * Compares two models on rows.
   *
   * @param firstPosition the position of the first row
   * @param rows N × F raw features, row after row
   * @return in a sentence what differs first; empty if nothing does
   */
  static Optional<String> difference(
      SoftmaxModel model, OnnxModel onnx, long firstPosition, float[] rows) {
    if (onnx.features() != model.features()) {
      return differs("features of a row", model.features(), onnx.features());
    }
    return firstOther("class", model.classNames(), onnx.classNames())
        .or(() -> firstOther("feature", model.featureNames(), onnx.featureNames()))
        .or(() -> new FormatAgreement(model, onnx).difference(firstPosition, rows));
  }

  private static Optional<String> firstOther(String what, List<String> npy, List<String> onnx) {
    if (npy.size() != onnx.size()) {
      return differs("number of names of a " + what, npy.size(), onnx.size());
    }
    for (int i = 0; i < npy.size(); i++) {
      if (!npy.get(i).equals(onnx.get(i))) {
        return differs(what + " " + i, npy.get(i), onnx.get(i));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> differs(String what, Object npy, Object onnx) {
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s: %s says %s, and %s says %s",
            what,
            ModelFiles.DESCRIPTION,
            npy,
            ModelFiles.ONNX,
            onnx));
  }

  private Optional<String> difference(long firstPosition, float[] rows) {
    OnnxModel.Scores scores = onnx.score(rows);
    double[] row = new double[model.features()];
    for (int i = 0; i < scores.labels().length; i++) {
      for (int j = 0; j < row.length; j++) {
        row[j] = rows[i * row.length + j];
      }
      String difference = difference(firstPosition + i, i, row, scores);
      if (difference != null) {
        return Optional.of(difference);
      }
    }
    return Optional.empty();
  }

  /** Null if nothing differs. */
  private String difference(long position, int i, double[] row, OnnxModel.Scores scores) {
    double rounding = rounding(row);
    double[] activations = model.activation().apply(model.logits(row));
    int label = model.predict(row);
    int other = scores.labels()[i];
    // No activation is steeper than its logit.
    if (activations[label] - activations[other] > 2 * rounding) {
      return String.format(
          Locale.ROOT,
          "row %,d: %s gives the label %s, and %s gives %s",
          position,
          ModelFiles.WEIGHTS,
          model.classNames().get(label),
          ModelFiles.ONNX,
          model.classNames().get(other));
    }
    double[] probabilities = model.probabilities(row);
    for (int c = 0; c < probabilities.length; c++) {
      float found = scores.probabilities()[i * probabilities.length + c];
      double off = Math.abs(found - probabilities[c]);
      // A comparison with NaN is false, and NaN is never right.
      if (!(off <= tolerance(probabilities[c], rounding))) {
        return String.format(
            Locale.ROOT,
            "row %,d: the probability of %s is %s by %s, and %s by %s",
            position,
            model.classNames().get(c),
            (float) probabilities[c],
            ModelFiles.WEIGHTS,
            found,
            ModelFiles.ONNX);
      }
    }
    return null;
  }

  /**
   * How far a probability can be off if activations are off by {@code rounding}: the factor is at
   * most {@code exp(2·rounding)}, and the difference at most half the rounding, as {@code p·(1 -
   * p)} is at most 1/4. Then it is rounded to float32.
   */
  private double tolerance(double probability, double rounding) {
    double exponent = 2 * rounding + (model.classes() + SOFTMAX_ROUNDINGS) * U;
    double off = exponent < 1 ? probability * Math.expm1(exponent) : rounding / 2;
    return off + (probability + off) * 0x1p-24 + Float.MIN_VALUE;
  }

  /** How far the activations of a row can differ by rounding alone. */
  private double rounding(double[] row) {
    double[] weights = linear.weights();
    double[] sums = magnitudes(linear.offset());
    int terms = 0;
    for (int j = 0; j < row.length; j++) {
      if (row[j] != 0) {
        terms++;
        double x = Math.abs(linear.scaled(j, row[j]));
        for (int c = 0; c < sums.length; c++) {
          sums[c] += x * Math.abs(weights[j * sums.length + c]);
        }
      }
    }
    double largest = 0;
    for (double sum : sums) {
      largest = Math.max(largest, sum);
    }
    double roundings = (terms + MORE_ROUNDINGS) * U;
    // Both are off, and a sigmoid is rounded a few times more; the last digit is for these sums.
    return 2 * roundings / (1 - roundings) * largest * 1.001 + 8 * U;
  }

  private double[] magnitudes(double[] values) {
    double[] magnitudes = new double[model.classes()];
    for (int c = 0; values != null && c < magnitudes.length; c++) {
      magnitudes[c] = Math.abs(values[c]);
    }
    return magnitudes;
  }
}
