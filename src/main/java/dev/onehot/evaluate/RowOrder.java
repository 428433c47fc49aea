package dev.onehot.evaluate;

import java.util.Comparator;

/** Orders of scored rows. Rows that are otherwise equal follow their positions. */
enum RowOrder implements Comparator<ScoredRow> {
  /** As in the input. */
  POSITION {
    @Override
    public int compare(ScoredRow row, ScoredRow other) {
      return Long.compare(row.position(), other.position());
    }
  },

  /** Those first whose label was nearly predicted. */
  SMALLEST_GAP {
    @Override
    public int compare(ScoredRow row, ScoredRow other) {
      int gaps = Double.compare(row.gap(), other.gap());
      return gaps != 0 ? gaps : POSITION.compare(row, other);
    }
  },

  /** Those first whose predicted class is the most probable. */
  MOST_CONFIDENT {
    @Override
    public int compare(ScoredRow row, ScoredRow other) {
      int probabilities = Double.compare(other.probability(), row.probability());
      return probabilities != 0 ? probabilities : POSITION.compare(row, other);
    }
  }
}
