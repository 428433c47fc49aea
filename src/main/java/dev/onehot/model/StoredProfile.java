package dev.onehot.model;

import com.google.gson.annotations.JsonAdapter;
import dev.onehot.math.FeatureTotals;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The profile of the rows that a model was trained on, as model.json carries it. Arrays are not
 * copied. All numbers follow from exact integers, so they are the same for any partitions.
 *
 * @param rows the number of rows trained on, without those held back
 * @param classRows for each class by its name, the number of these rows
 * @param binStarts where each of B bins of raw values begins, ascending; a bin ends before the next
 *     one begins, and the last has no end
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
   * @param totals the values of the same rows
   */
  public static StoredProfile of(
      List<String> classNames, long[] classCounts, FeatureTotals totals) {
    Map<String, Long> classRows = new LinkedHashMap<>();
    for (int c = 0; c < classCounts.length; c++) {
      classRows.put(classNames.get(c), classCounts[c]);
    }
    long rows = Arrays.stream(classCounts).sum();
    double[] mean = new double[totals.features()];
    double[] variance = new double[totals.features()];
    for (int j = 0; j < mean.length && rows > 0; j++) {
      mean[j] = (double) totals.sums()[j] / rows;
      variance[j] = variance(rows, totals.sums()[j], totals.sumsOfSquares()[j]);
    }
    return new StoredProfile(
        rows,
        classRows,
        FeatureTotals.BINS.starts(),
        totals.least(),
        totals.largest(),
        mean,
        variance,
        totals.zeros(),
        totals.bins());
  }

  /** {@code (N·Σv² − (Σv)²) / N²}; the numerator can be wider than 64 bits. */
  private static double variance(long rows, long sum, long sumOfSquares) {
    BigInteger n = BigInteger.valueOf(rows);
    BigInteger s = BigInteger.valueOf(sum);
    BigInteger numerator = n.multiply(BigInteger.valueOf(sumOfSquares)).subtract(s.multiply(s));
    return numerator.doubleValue() / rows / rows;
  }

  /** F. */
  public int features() {
    return zeros.length;
  }

  /** Whether nothing is missing, and all lengths fit each other: files may be damaged. */
  public boolean isWhole() {
    return rows > 0
        && classRows != null
        && classRows.values().stream().allMatch(count -> count != null && count >= 0)
        && binStarts != null
        && zeros != null
        && bins != null
        && bins.length == binStarts.length
        && Arrays.stream(bins).allMatch(bin -> bin != null && bin.length == zeros.length)
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
