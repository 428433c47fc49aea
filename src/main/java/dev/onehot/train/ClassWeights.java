package dev.onehot.train;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.SettingNames;
import dev.onehot.math.PowerOfTwo;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How much the rows of each class count.
 *
 * <p>With a weight w for each row, which is the weight in the input (or 1) times that of its class,
 * training minimizes
 *
 * <pre>
 *   Σ w_i·loss_i / Σ w_i + λ/2·‖W1‖²
 * </pre>
 *
 * <p>over the training rows. So only the ratios of weights matter, also beside the L2 penalty: λ is
 * measured against the weighted <em>mean</em> loss. scikit-learn's {@code LogisticRegression}
 * minimizes {@code C·Σ w_i·loss_i + ½·‖W1‖²}, with these weights as its {@code class_weight} and
 * {@code sample_weight}. Both have the same optimum for {@code C = 1/(λ·Σ w_i)}.
 *
 * @param weights for each class its weight, by its name; classes without one have 1. Empty for
 *     balanced classes: a class of n_c of N training rows has {@code N/(C·n_c)}, so all classes
 *     together count as much. Rows count once there, whatever their weights
 */
public record ClassWeights(Map<String, Double> weights) {

  private static final String BALANCED = "balanced";

  /**
   * @throws InvalidSettingsException if a weight isn't a positive finite number
   */
  public ClassWeights {
    weights.forEach(ClassWeights::requirePositive);
    weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
  }

  private static void requirePositive(String name, double weight) {
    if (!(weight > 0 && weight <= Float.MAX_VALUE)) {
      throw new InvalidSettingsException(
          SettingNames.format(
              "⟨class-weights⟩: the weight of class %s must be a number above 0, not %s",
              name, weight));
    }
  }

  /** All classes together count as much, however many rows they have. */
  public static ClassWeights balanced() {
    return new ClassWeights(Map.of());
  }

  /**
   * Reads {@code balanced}, or {@code name=weight,…}. A name may hold =, but no comma.
   *
   * @throws InvalidSettingsException if it is neither
   */
  public static ClassWeights parse(String text) {
    if (text.equals(BALANCED)) {
      return balanced();
    }
    Map<String, Double> weights = new LinkedHashMap<>();
    for (String part : text.split(",", -1)) {
      int equals = part.lastIndexOf('=');
      String name = equals < 0 ? "" : part.substring(0, equals).strip();
      try {
        if (name.isEmpty()
            || weights.put(name, Double.valueOf(part.substring(equals + 1).strip())) != null) {
          throw malformed(text);
        }
      } catch (NumberFormatException e) {
        throw malformed(text);
      }
    }
    return new ClassWeights(weights);
  }

  private static InvalidSettingsException malformed(String text) {
    return new InvalidSettingsException(
        SettingNames.format(
            "⟨class-weights⟩ must be balanced or name=weight,name=weight with a name once, not %s",
            text));
  }

  /** Whether the rows decide the weights. */
  public boolean isBalanced() {
    return weights.isEmpty();
  }

  /**
   * The weights of the classes.
   *
   * @param classNames C names
   * @param rows for each class the number of its training rows
   * @return C weights, up to 1: all are divided by the least power of two that is no less than the
   *     largest, which changes no ratio, and rounded to float32. A class without rows has 1 before
   *     that in balanced weights
   * @throws InvalidSettingsException if a weight is that of no class, or 2¹²⁶ times smaller than
   *     another
   */
  public float[] of(List<String> classNames, long[] rows) {
    TreeSet<String> unknown = new TreeSet<>(weights.keySet());
    classNames.forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw new InvalidSettingsException(
          SettingNames.format(
              "⟨class-weights⟩ names %s, but the classes are %s; use their names",
              String.join(", ", unknown), String.join(", ", classNames)));
    }
    double[] all = new double[classNames.size()];
    long sum = Arrays.stream(rows).sum();
    for (int c = 0; c < all.length; c++) {
      all[c] =
          !isBalanced()
              ? weights.getOrDefault(classNames.get(c), 1.0)
              : rows[c] == 0 ? 1 : (double) sum / ((double) all.length * rows[c]);
    }
    return upToOne(all);
  }

  private static float[] upToOne(double[] all) {
    double largest = Arrays.stream(all).max().orElseThrow();
    int scale = PowerOfTwo.exponentOf(largest);
    double[] scaled = Arrays.stream(all).map(weight -> Math.scalb(weight, -scale)).toArray();
    if (Arrays.stream(scaled).min().orElseThrow() < Float.MIN_NORMAL) {
      throw new InvalidSettingsException(
          SettingNames.format(
              "⟨class-weights⟩ from %s to %s: they differ too much; give weights that are closer",
              Arrays.stream(all).min().orElseThrow(), largest));
    }
    float[] rounded = new float[scaled.length];
    for (int c = 0; c < scaled.length; c++) {
      rounded[c] = (float) scaled[c];
    }
    return rounded;
  }

  /** Such as {@code balanced}, or {@code setosa=2.0,virginica=0.5}. */
  @Override
  public String toString() {
    return isBalanced()
        ? BALANCED
        : weights.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(","));
  }
}
