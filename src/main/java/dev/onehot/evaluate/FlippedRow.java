package dev.onehot.evaluate;

import java.io.Serializable;

/**
 * A row for which two models predict different classes.
 *
 * <p>Not a record: Spark sends such rows between machines, and Kryo cannot read records.
 */
public final class FlippedRow implements Serializable {

  private static final long serialVersionUID = 1L;

  private final ScoredRow row;
  private final ScoredRow other;

  FlippedRow(ScoredRow row, ScoredRow other) {
    this.row = row;
    this.other = other;
  }

  /** The row as the model sees it. */
  public ScoredRow row() {
    return row;
  }

  /** The same row as the other model sees it; without features. */
  public ScoredRow other() {
    return other;
  }
}
