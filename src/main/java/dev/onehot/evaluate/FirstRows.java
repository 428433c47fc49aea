package dev.onehot.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The first few of many rows in some order. They are the same whatever order rows arrive in, since
 * rows that are equal in that order follow their positions.
 */
final class FirstRows implements Serializable {

  private static final long serialVersionUID = 1L;

  private final int most;
  private final RowOrder order;

  /** Sorted. */
  private final List<ScoredRow> rows = new ArrayList<>();

  /**
   * @param most how many rows are kept
   */
  FirstRows(int most, RowOrder order) {
    this.most = most;
    this.order = order;
  }

  /** Whether {@link #add} would keep a row. */
  boolean takes(ScoredRow row) {
    return rows.size() < most || order.compare(row, rows.get(rows.size() - 1)) < 0;
  }

  void add(ScoredRow row) {
    if (!takes(row)) {
      return;
    }
    int at = rows.size();
    while (at > 0 && order.compare(row, rows.get(at - 1)) < 0) {
      at--;
    }
    rows.add(at, row);
    if (rows.size() > most) {
      rows.remove(most);
    }
  }

  void addAll(FirstRows other) {
    other.rows.forEach(this::add);
  }

  List<ScoredRow> rows() {
    return List.copyOf(rows);
  }
}
