package dev.onehot.model;

import dev.onehot.math.FeatureScaling;
import java.io.Serializable;
import java.util.Locale;

/**
 * The linear part of a model: {@code logits = scaled(x)·W1 + b1}, where {@code scaled(x) = (x −
 * shift)·scale}. A row is never shifted, which would leave no feature of a sparse row 0. Instead
 * the shifts are taken off once: {@code logits = (x·scale)·W1 + (b1 − (shift·scale)·W1)}.
 */
final class LinearPart implements Serializable {

  private static final long serialVersionUID = 1L;

  private final double[] weights;
  private final double[] bias;
  private final int classes;
  private final FeatureScaling scaling;
  private final double[] means;

  /** What no feature decides; null if it isn't computed yet. The same whoever computes it. */
  private transient volatile double[] offset;

  /**
   * @param weights W1, F × C; not copied
   * @param bias b1, C numbers, or null; not copied
   * @param means F numbers in place of missing features, or null; not copied
   * @throws IllegalArgumentException if the lengths contradict each other
   */
  LinearPart(double[] weights, double[] bias, int classes, FeatureScaling scaling, double[] means) {
    if (classes == 0 || weights.length == 0 || weights.length % classes != 0) {
      throw failure("%d weights are no whole rows of %d classes", weights.length, classes);
    }
    int features = weights.length / classes;
    if (bias != null && bias.length != classes) {
      throw failure("%d biases for %d classes", bias.length, classes);
    }
    if (!scaling.fits(features)) {
      throw failure("%s, for a model of %d features", scaling, features);
    }
    if (means != null && means.length != features) {
      throw failure("%d means for %d features", means.length, features);
    }
    this.weights = weights;
    this.bias = bias;
    this.classes = classes;
    this.scaling = scaling;
    this.means = means;
  }

  private static IllegalArgumentException failure(String format, Object... values) {
    return new IllegalArgumentException(String.format(Locale.ROOT, format, values));
  }

  /** The same with other means. */
  LinearPart withMeans(double[] others) {
    return new LinearPart(weights, bias, classes, scaling, others);
  }

  int features() {
    return weights.length / classes;
  }

  int classes() {
    return classes;
  }

  /** W1; not a copy. */
  double[] weights() {
    return weights;
  }

  /** b1 or null; not a copy. */
  double[] bias() {
    return bias;
  }

  FeatureScaling scaling() {
    return scaling;
  }

  /** F numbers in place of missing features, or null; not a copy. */
  double[] means() {
    return means;
  }

  /** A raw feature times its scale; of its mean if it is missing and there are means. */
  double scaled(int feature, double raw) {
    // As float32, like every other raw feature.
    double known = Double.isNaN(raw) && means != null ? (float) means[feature] : raw;
    return known * scaling.scale(feature);
  }

  /** What no feature decides: b1 less the shifts' share. Null if that is 0 for each class. */
  double[] offset() {
    if (!scaling.isCentred()) {
      return bias;
    }
    double[] known = offset;
    if (known == null) {
      known = bias == null ? new double[classes] : bias.clone();
      for (int j = 0; j < features(); j++) {
        double shift = scaling.shift(j) * scaling.scale(j);
        for (int c = 0; shift != 0 && c < classes; c++) {
          known[c] -= shift * weights[j * classes + c];
        }
      }
      offset = known;
    }
    return known;
  }

  /** C logits of F raw features. */
  double[] logits(double[] features) {
    double[] logits = new double[classes];
    for (int j = 0; j < features.length; j++) {
      if (features[j] != 0) {
        double x = scaled(j, features[j]);
        int at = j * classes;
        for (int c = 0; c < classes; c++) {
          logits[c] += x * weights[at + c];
        }
      }
    }
    double[] added = offset();
    for (int c = 0; added != null && c < classes; c++) {
      logits[c] += added[c];
    }
    return logits;
  }
}
