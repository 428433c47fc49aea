package dev.onehot.job;

import dev.onehot.report.Summary;

/**
 * What came of training a model again.
 *
 * @param w1Sha256 SHA-256 over the new W1's little-endian float64 bytes in C order; null if there
 *     was no training, as something that decides the bits differs already
 * @param difference the first thing that differs, on one line; null if the weights have the same
 *     bits
 * @param note what differs but does not matter, on one line; null if there is nothing
 */
public record Reproduction(String w1Sha256, String difference, String note) {

  /** Whether the model has been trained again with the same bits. */
  public boolean same() {
    return difference == null;
  }

  /** A summary for people, with one line for each fact. */
  public String summary(String directory) {
    Summary text = new Summary();
    text.add("model", "%s", directory);
    text.add("reproduced", "%s", same() ? "yes, the same bits" : "no");
    if (difference != null) {
      text.add("differs", "%s", difference);
    }
    if (note != null) {
      text.add("note", "%s", note);
    }
    if (w1Sha256 != null) {
      text.add("W1 SHA-256", "%s", w1Sha256);
    }
    return text.toString();
  }
}
