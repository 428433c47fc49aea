package dev.onehot.report.page;

import dev.onehot.report.page.Chart.Curve;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A table of figures.
 *
 * @param label what it shows, for those who cannot see it
 * @param caption what to know about it; empty if nothing
 * @param heads the names of all columns
 * @param rows the rows
 */
record Table(String label, String caption, List<String> heads, List<Row> rows) {

  /** The most rows of a table that stands for a chart. */
  private static final int CHART_ROWS = 40;

  /**
   * A row of the table.
   *
   * @param head its first cell
   * @param values all other cells
   */
  record Row(String head, List<String> values) {

    Row(String head, String... values) {
      this(head, List.of(values));
    }
  }

  /**
   * The values of curves: all of them, or some evenly spread ones with the first and the last.
   *
   * @param xName what x is
   */
  static Table of(String label, String xName, double[] x, List<Curve> curves) {
    List<String> heads = new ArrayList<>();
    heads.add(xName);
    curves.forEach(curve -> heads.add(curve.name()));
    int rows = Math.min(CHART_ROWS, x.length);
    String caption =
        x.length <= rows
            ? ""
            : String.format(Locale.ROOT, "%d of %,d, evenly spread", rows, x.length);
    return new Table(
        label,
        caption,
        heads,
        IntStream.range(0, rows)
            .map(r -> rows == 1 ? 0 : (int) ((long) r * (x.length - 1) / (rows - 1)))
            .mapToObj(i -> row(x, curves, i))
            .toList());
  }

  private static Row row(double[] x, List<Curve> curves, int i) {
    return new Row(
        Figures.plain(x[i]), curves.stream().map(curve -> Figures.plain(curve.y()[i])).toList());
  }
}
