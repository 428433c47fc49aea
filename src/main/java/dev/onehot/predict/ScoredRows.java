package dev.onehot.predict;

import dev.onehot.data.RowChunk;
import dev.onehot.failure.InputException;
import dev.onehot.math.RowBlock;
import dev.onehot.model.RowScorer;
import dev.onehot.model.SoftmaxModel;

/** The scores of one chunk after another. It keeps its arrays, so a row costs no memory. */
final class ScoredRows {

  private final int classes;
  private final RowScorer scorer;
  private final int[] labels = new int[RowBlock.ROWS];
  private final double[] probabilities;
  private RowChunk chunk;

  ScoredRows(SoftmaxModel model) {
    classes = model.classes();
    scorer = model.scorer();
    probabilities = new double[RowBlock.ROWS * classes];
  }

  /**
   * Scores the rows of a chunk.
   *
   * @throws InputException if the model gives a row no probabilities
   */
  void score(RowChunk rows) {
    chunk = rows;
    for (int r = 0; r < rows.rows(); r++) {
      scorer.score(rows.values(), r);
      labels[r] = scorer.label();
      for (int c = 0; c < classes; c++) {
        probabilities[r * classes + c] = scorer.probability(c);
      }
      scorer.requireProbabilities(position(r));
    }
  }

  int count() {
    return chunk.rows();
  }

  /** Counts from 0 over the whole input. */
  long position(int r) {
    return chunk.firstPosition() + r;
  }

  /** The most probable class. */
  int label(int r) {
    return labels[r];
  }

  double probability(int r, int c) {
    return probabilities[r * classes + c];
  }

  /** The row's own label. */
  int actual(int r) {
    return chunk.label(r);
  }

  /** How many rows have a label that is no class of the model; 0 if rows have no labels. */
  int unknown() {
    int unknown = 0;
    for (int r = 0; chunk.labelled() && r < count(); r++) {
      if (actual(r) >= classes) {
        unknown++;
      }
    }
    return unknown;
  }

  /** How many rows have the label that the model gives them; 0 if rows have no labels. */
  int correct() {
    int correct = 0;
    for (int r = 0; chunk.labelled() && r < count(); r++) {
      if (labels[r] == actual(r)) {
        correct++;
      }
    }
    return correct;
  }
}
