package dev.onehot.evaluate;

import java.util.List;

/**
 * How well the probability of the predicted class says how often it is right. Rows are put into
 * bins of equal width by that probability.
 *
 * <p>Source: C. Guo et al.: On Calibration of Modern Neural Networks, ICML 2017.
 *
 * @param bins {@link #BINS} bins, with the probability ascending; a bin holds its upper bound
 */
public record Calibration(List<Bin> bins) {

  /** The number of bins, as in the source. */
  public static final int BINS = 15;

  /**
   * The rows of one bin.
   *
   * @param lower the probability that the bin begins above
   * @param upper the probability that the bin ends with
   * @param rows the number of rows
   * @param accuracy the share of them predicted right, 0 … 1; 0 without rows
   * @param meanProbability the mean probability of their predicted classes; 0 without rows
   * @param weight the sum of their weights, which share and mean are of; null if rows have none
   */
  public record Bin(
      double lower,
      double upper,
      long rows,
      double accuracy,
      double meanProbability,
      Double weight) {

    private double weightOrRows() {
      return weight == null ? rows : weight;
    }
  }

  /** The bin of a probability. */
  static int bin(double probability) {
    return Math.max(0, (int) Math.ceil(probability * BINS) - 1);
  }

  /**
   * The expected calibration error, 0 … 1: the mean over all rows of {@code |accuracy − mean
   * probability|} of a row's bin.
   */
  public double expectedError() {
    double rows = bins.stream().mapToDouble(Bin::weightOrRows).sum();
    return bins.stream()
            .mapToDouble(bin -> bin.weightOrRows() * Math.abs(bin.accuracy - bin.meanProbability))
            .sum()
        / rows;
  }
}
