package dev.onehot.report.page;

import dev.onehot.evaluate.ConfusionMatrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;

/**
 * The confusion matrix: a table with coloured cells, or a picture and the most confused pairs if
 * there are too many classes for that.
 *
 * @param title whose matrix it is
 * @param note how to read it
 * @param heads the names of the columns; empty without a table
 * @param rows the rows of the table; empty without a table
 * @param picture the matrix as a picture; null if there is a table, or with far too many classes
 * @param pairs the classes that are confused most; null if there is a table
 */
record Confusion(
    String title, String note, List<String> heads, List<Row> rows, String picture, Table pairs) {

  /** The most classes for a table. */
  static final int TABLE_CLASSES = 30;

  /** The most classes for a picture, which has a pixel for each cell. */
  private static final int PICTURE_CLASSES = 256;

  private static final int PAIRS = 40;

  /** The strongest colour. The text on it can still be read, light or dark. */
  private static final double STRONGEST = 0.5;

  /** A class that labels say. */
  record Row(String name, List<Cell> cells) {}

  /** Whether there is a table. */
  boolean hasRows() {
    return !rows.isEmpty();
  }

  /**
   * @param color the name of the cell's colour
   * @param opacity how strong the colour is
   */
  record Cell(String count, String color, String opacity) {}

  static Confusion of(String title, ConfusionMatrix matrix, List<String> names) {
    return matrix.classes() <= TABLE_CLASSES
        ? table(title, matrix, names)
        : pairs(title, matrix, names);
  }

  private static Confusion table(String title, ConfusionMatrix matrix, List<String> names) {
    double mostWrong = mostWrong(matrix);
    List<Row> rows = new ArrayList<>();
    for (int a = 0; a < matrix.classes(); a++) {
      List<Cell> cells = new ArrayList<>();
      for (int p = 0; p < matrix.classes(); p++) {
        cells.add(cell(matrix, a, p, mostWrong));
      }
      rows.add(new Row(names.get(a), cells));
    }
    return new Confusion(
        title,
        "A line for each label, a column for each prediction. Blue is right. Orange is wrong: the stronger, the larger its share of the line."
            + weights(matrix),
        names,
        rows,
        null,
        null);
  }

  private static Cell cell(ConfusionMatrix matrix, int a, int p, double mostWrong) {
    long count = matrix.counts()[a][p];
    if (count == 0) {
      return new Cell("0", "zero", "0");
    }
    double share = share(matrix, a, p);
    // By the square root, so that a small share is seen beside the largest.
    double opacity = STRONGEST * (a == p ? share : Math.sqrt(share / mostWrong));
    return new Cell(
        shown(matrix, matrix.weight(a, p)),
        a == p ? "right" : "wrong",
        String.format(Locale.ROOT, "%.2f", opacity));
  }

  private static double share(ConfusionMatrix matrix, int a, int p) {
    double weight = matrix.weightOf(a);
    return weight == 0 ? 0 : matrix.weight(a, p) / weight;
  }

  /** The largest share of a class's rows that are predicted as one other class. */
  private static double mostWrong(ConfusionMatrix matrix) {
    double most = 0;
    for (int a = 0; a < matrix.classes(); a++) {
      double weight = matrix.weightOf(a);
      for (int p = 0; p < matrix.classes() && weight > 0; p++) {
        most = a == p ? most : Math.max(most, matrix.weight(a, p) / weight);
      }
    }
    return most;
  }

  private static String weights(ConfusionMatrix matrix) {
    return matrix.weighted()
        ? " Figures here are sums of the rows' weights; the tables of classes count rows."
        : "";
  }

  /** A number of rows, or the sum of their weights. */
  private static String shown(ConfusionMatrix matrix, double weight) {
    return matrix.weighted()
        ? String.format(Locale.ROOT, "%.4g", weight)
        : Figures.count((long) weight);
  }

  private record Pair(int actual, int predicted, double weight) {}

  /** Of pairs that are confused equally often the first come first. */
  private static List<Pair> mostConfused(ConfusionMatrix matrix) {
    Comparator<Pair> order =
        Comparator.comparingDouble(Pair::weight)
            .reversed()
            .thenComparingInt(Pair::actual)
            .thenComparingInt(Pair::predicted);
    // The last of them on top. A sort of all pairs of thousands of classes takes seconds.
    PriorityQueue<Pair> most = new PriorityQueue<>(order.reversed());
    for (int a = 0; a < matrix.classes(); a++) {
      for (int p = 0; p < matrix.classes(); p++) {
        double weight = matrix.weight(a, p);
        if (a != p && weight > 0 && (most.size() < PAIRS || weight > most.peek().weight())) {
          most.add(new Pair(a, p, weight));
          if (most.size() > PAIRS) {
            most.remove();
          }
        }
      }
    }
    return most.stream().sorted(order).toList();
  }

  private static Confusion pairs(String title, ConfusionMatrix matrix, List<String> names) {
    List<Pair> pairs = mostConfused(matrix);
    Table table =
        new Table(
            "Pairs of classes",
            pairs.isEmpty()
                ? "No row is predicted wrong"
                : String.format(Locale.ROOT, "The %d pairs of classes confused most", pairs.size()),
            List.of(
                "label",
                "predicted",
                matrix.weighted() ? "weight" : "rows",
                "share of the label's rows"),
            pairs.stream()
                .map(
                    pair ->
                        new Table.Row(
                            names.get(pair.actual),
                            names.get(pair.predicted),
                            shown(matrix, pair.weight),
                            Figures.percent(share(matrix, pair.actual, pair.predicted))))
                .toList());
    return new Confusion(
        title,
        "A line for each class that labels say, from the top, and a column for each class that the model predicts. Blue is right, orange is wrong."
            + weights(matrix),
        List.of(),
        List.of(),
        matrix.classes() <= PICTURE_CLASSES ? picture(matrix) : null,
        table);
  }

  private static String picture(ConfusionMatrix matrix) {
    int classes = matrix.classes();
    double mostWrong = mostWrong(matrix);
    double[] values = new double[classes * classes];
    for (int a = 0; a < classes; a++) {
      for (int p = 0; p < classes; p++) {
        double share = share(matrix, a, p);
        values[a * classes + p] =
            a == p ? -share : mostWrong == 0 ? 0 : Math.sqrt(share / mostWrong);
      }
    }
    return new Picture(classes, classes, values).diverging(1);
  }
}
