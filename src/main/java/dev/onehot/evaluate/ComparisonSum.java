package dev.onehot.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** What a {@link Comparison} is made of: counts, and the first rows of those that flip. */
final class ComparisonSum implements Serializable {

  private static final long serialVersionUID = 1L;

  private long bothRight;
  private long onlyThisRight;
  private long onlyOtherRight;
  private long bothWrong;
  private long flippedRows;

  /** By position. */
  private List<FlippedRow> flipped = new ArrayList<>();

  /**
   * @param example gives the row again, with its features if they are wanted
   */
  void add(ScoredRow row, ScoredRow other, EvaluationSum.Example example) {
    boolean right = row.predicted() == row.actual();
    boolean otherRight = other.predicted() == row.actual();
    if (right) {
      if (otherRight) {
        bothRight++;
      } else {
        onlyThisRight++;
      }
    } else if (otherRight) {
      onlyOtherRight++;
    } else {
      bothWrong++;
    }
    if (row.predicted() != other.predicted()) {
      flippedRows++;
      // The rows of a partition come in the order of their positions.
      if (flipped.size() < Comparison.FLIPPED) {
        boolean shown = flipped.size() < Comparison.PICTURES;
        flipped.add(new FlippedRow(shown ? example.row() : row, other));
      }
    }
  }

  void add(ComparisonSum sum) {
    bothRight += sum.bothRight;
    onlyThisRight += sum.onlyThisRight;
    onlyOtherRight += sum.onlyOtherRight;
    bothWrong += sum.bothWrong;
    flippedRows += sum.flippedRows;
    List<FlippedRow> all = new ArrayList<>(flipped);
    all.addAll(sum.flipped);
    all.sort((a, b) -> RowOrder.POSITION.compare(a.row(), b.row()));
    flipped = new ArrayList<>(all.subList(0, Math.min(Comparison.FLIPPED, all.size())));
  }

  Comparison comparison(Evaluation other) {
    return new Comparison(
        other,
        bothRight,
        onlyThisRight,
        onlyOtherRight,
        bothWrong,
        flippedRows,
        List.copyOf(flipped));
  }
}
