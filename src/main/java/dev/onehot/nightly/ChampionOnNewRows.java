package dev.onehot.nightly;

import dev.onehot.failure.SettingNames;

/**
 * The champion's accuracy on the new rows, compared with its accuracy on the rows it was last
 * measured on. Wrong labels show here even if the classes' shares and all values are as ever.
 *
 * @param accuracy the accuracy on the new rows, 0 … 1
 * @param formerAccuracy the accuracy on the former rows, 0 … 1
 * @param pValue the probability of so many wrong predictions or more on the new rows by chance
 * @param refusal why the new rows are not to be trained on; null if they are fine
 * @param warning that the accuracy is lower; null if it isn't, or if there is a refusal
 */
public record ChampionOnNewRows(
    double accuracy, double formerAccuracy, double pValue, String refusal, String warning) {

  /**
   * A number of predictions.
   *
   * @param right how many of them are right
   * @param rows how many there are, at least 1
   */
  public record Predictions(long right, long rows) {

    double accuracy() {
      return (double) right / rows;
    }
  }

  /**
   * Compares the champion's predictions.
   *
   * @param former on the rows that it was last measured on
   * @param today on the new rows
   * @param mostFrequent the share of the most frequent class among the new rows, 0 … 1: the
   *     accuracy of always naming it
   */
  public static ChampionOnNewRows of(
      Predictions former, Predictions today, double mostFrequent, DataLimits limits) {
    double accuracy = today.accuracy();
    double formerAccuracy = former.accuracy();
    double pValue =
        RateTest.of(
                former.rows() - former.right(),
                former.rows(),
                today.rows() - today.right(),
                today.rows())
            .more();
    double drop = formerAccuracy - accuracy;
    double lead = Math.max(0, formerAccuracy - mostFrequent);
    String refusal = null;
    String warning = null;
    if (pValue < limits.level(1) && drop > limits.maxAccuracyDrop()) {
      // Worse than a guess is no more than the whole lead lost, which a limit of 1 allows.
      double lost = Math.min(1, drop / lead);
      if (lead > 0 && lost > limits.maxLeadLost()) {
        refusal =
            SettingNames.format(
                "the champion predicts %.4f of the new rows right, and %.4f of the rows it was last measured on: it has lost %.0f %% of its lead over always naming the most frequent class (%.4f; ⟨max-lead-lost⟩ is %s); are the labels those of the rows?",
                accuracy, formerAccuracy, 100 * lost, mostFrequent, limits.maxLeadLost());
      } else {
        warning =
            SettingNames.format(
                "the champion predicts %.4f of the new rows right, and %.4f of the rows it was last measured on: a drop of %.4f (limit %s)",
                accuracy, formerAccuracy, drop, limits.maxAccuracyDrop());
      }
    }
    return new ChampionOnNewRows(accuracy, formerAccuracy, pValue, refusal, warning);
  }
}
