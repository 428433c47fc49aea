package dev.onehot.model;

import com.google.gson.annotations.JsonAdapter;
import dev.onehot.math.FeatureTotals;
import dev.onehot.math.FeatureValues;
import dev.onehot.math.RealTotals;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The profile of the rows that a model was trained on, as model.json carries it. Arrays are not
 * copied. All numbers follow from exact integers, so they are the same for any partitions. Each row
 * counts once, whatever its weight.
 *
 * <p>Of more than {@link RealTotals#MOST_BINNED} features, only their number is kept: the rest
 * would take some hundred bytes for each.
 *
 * @param rows the number of rows trained on, without those held back
 * @param classRows for each class by its name, the number of these rows
 * @param wide F if nothing is kept of single features, and all arrays are null; otherwise null
 * @param exponents for each feature the least e with {@code |value| ≤ 2^e} on all rows of the
 *     input; null if all values are whole numbers 0 … 255
 * @param binStarts where each of B bins of raw values begins, ascending; a bin ends before the next
 *     one begins, and the last has no end. With exponents, they are in units of {@code 2^e}, and
 *     the bins are those of {@link RealTotals}
 * @param least for each of F features, the least raw value
 * @param largest for each feature, the largest raw value
 * @param mean for each feature, the mean of its raw values
 * @param variance for each feature, their variance, {@code Σ(v − mean)² / rows}
 * @param zeros for each feature, the number of rows with the value 0
 * @param bins B × F: for each bin and each feature, the number of rows with a value in that bin
 */
public record StoredProfile(
    long rows,
    @JsonAdapter(OneLineJson.class) Map<String, Long> classRows,
    Integer wide,
    @JsonAdapter(OneLineJson.class) short[] exponents,
    @JsonAdapter(OneLineJson.class) double[] binStarts,
    @JsonAdapter(OneLineJson.class) double[] least,
    @JsonAdapter(OneLineJson.class) double[] largest,
    @JsonAdapter(OneLineJson.class) double[] mean,
    @JsonAdapter(OneLineJson.class) double[] variance,
    @JsonAdapter(OneLineJson.class) long[] zeros,
    @JsonAdapter(OneLineJson.class) long[][] bins) {

  /**
   * Makes the profile.
   *
   * @param classNames C names
   * @param classCounts for each class, the number of rows
   * @param totals the values of the same rows, as blocks hold them
   * @param values what that is
   */
  public static StoredProfile of(
      List<String> classNames, long[] classCounts, FeatureTotals totals, FeatureValues values) {
    Map<String, Long> classRows = new LinkedHashMap<>();
    for (int c = 0; c < classCounts.length; c++) {
      classRows.put(classNames.get(c), classCounts[c]);
    }
    long rows = Arrays.stream(classCounts).sum();
    int features = totals.features();
    if (features > RealTotals.MOST_BINNED) {
      return new StoredProfile(
          rows, classRows, features, null, null, null, null, null, null, null, null);
    }
    short[] exponents = values.areRaw() ? null : new short[features];
    double[] least = new double[features];
    double[] largest = new double[features];
    double[] mean = new double[features];
    double[] variance = new double[features];
    for (int j = 0; j < features; j++) {
      int exponent = values.exponent(j);
      if (exponents != null) {
        exponents[j] = (short) exponent;
      }
      least[j] = Math.scalb(totals.least(j), exponent);
      largest[j] = Math.scalb(totals.largest(j), exponent);
      mean[j] = Math.scalb(totals.mean(j), exponent);
      variance[j] = Math.scalb(totals.variance(j), 2 * exponent);
    }
    return new StoredProfile(
        rows,
        classRows,
        null,
        exponents,
        totals.binStarts(),
        least,
        largest,
        mean,
        variance,
        totals.zeros(),
        totals.bins());
  }

  /** F. */
  public int features() {
    return wide != null ? wide : zeros.length;
  }

  /** Whether there are figures of each feature. */
  public boolean hasFeatures() {
    return wide == null;
  }

  /**
   * The number of rows with a value in each bin, for the bins of an exponent that isn't smaller.
   */
  public long[] binsOf(int feature, int exponent) {
    long[] counts = Arrays.stream(bins).mapToLong(bin -> bin[feature]).toArray();
    if (exponents == null || exponent == exponents[feature]) {
      return counts;
    }
    long[] wider = new long[counts.length];
    int zero = counts.length / 2;
    for (int b = 0; b < counts.length; b++) {
      int magnitude = Math.abs(b - zero);
      int times = Math.min(exponent - exponents[feature], Integer.SIZE - 2);
      int of = (int) ((magnitude + (1L << times) - 1) >> times);
      wider[b < zero ? zero - of : zero + of] += counts[b];
    }
    return wider;
  }

  /** Whether nothing is missing, and all lengths fit each other: files may be damaged. */
  public boolean isWhole() {
    return rows > 0
        && classRows != null
        && classRows.values().stream().allMatch(count -> count != null && count >= 0)
        && (wide != null ? wide > 0 : areFeaturesWhole());
  }

  private boolean areFeaturesWhole() {
    return binStarts != null
        && zeros != null
        && bins != null
        && bins.length == binStarts.length
        && Arrays.stream(bins).allMatch(bin -> bin != null && bin.length == zeros.length)
        && (exponents == null || exponents.length == zeros.length)
        && List.of(lengthOf(least), lengthOf(largest), lengthOf(mean), lengthOf(variance)).stream()
            .allMatch(length -> length == zeros.length)
        && IntStream.range(0, zeros.length).allMatch(this::countsEveryRow);
  }

  /** Whether the counts of a feature's bins are those of all rows. */
  private boolean countsEveryRow(int feature) {
    return Arrays.stream(bins).allMatch(bin -> bin[feature] >= 0)
        && Arrays.stream(bins).mapToLong(bin -> bin[feature]).sum() == rows;
  }

  private static int lengthOf(double[] values) {
    return values == null ? -1 : values.length;
  }
}
