package dev.onehot.report.page;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A chart of one or more curves over the same x values, and the same figures as a table.
 *
 * @param id the chart's name on the page
 * @param title what it shows
 * @param words the most important figures in words, for those who cannot see it
 * @param note how to read it; empty if that is plain
 * @param xName what x is
 * @param x the x values, ascending
 * @param curves what is drawn
 * @param axis the least and the most value to show; null to fit the curves
 */
record Chart(
    String id,
    String title,
    String words,
    String note,
    String xName,
    double[] x,
    List<Curve> curves,
    Axis axis) {

  /** The most points of a curve that are drawn, about. */
  static final int POINTS = 300;

  /** The most rows of the table. */
  private static final int TABLE_ROWS = 40;

  /**
   * A range of y values.
   *
   * @param least null to fit the curves
   * @param most null to fit the curves
   */
  record Axis(Double least, Double most) {

    static final Axis FROM_0 = new Axis(0.0, null);
    static final Axis SHARE = new Axis(0.0, 1.0);
  }

  /**
   * A curve.
   *
   * @param y a value for each x; NaN where there is none
   * @param color the number of its colour; negative for the colour of a warning
   * @param dash 0 for a solid line, 1 for dashes, 2 for dots
   * @param points whether each value is marked
   */
  record Curve(String name, double[] y, int color, int dash, boolean points) {}

  /** A row of the table. */
  record TableRow(String x, List<String> values) {}

  /** What the script gets. */
  record Drawn(String id, String xName, Double[] x, List<DrawnCurve> curves, Axis axis) {}

  /** A curve as the script gets it; a value is null where there is none. */
  record DrawnCurve(String name, Double[] y, int color, int dash, boolean points) {}

  /** The chart for the script, with no more points than can be told apart. */
  Drawn drawn() {
    int[] kept = Thinning.kept(curves.stream().map(Curve::y).toList(), POINTS);
    return new Drawn(
        id,
        xName,
        Figures.rounded(x, kept),
        curves.stream()
            .map(
                curve ->
                    new DrawnCurve(
                        curve.name(),
                        Figures.rounded(curve.y(), kept),
                        curve.color(),
                        curve.dash(),
                        curve.points()))
            .toList(),
        axis);
  }

  /** The rows of the table: all x, or some evenly spread ones with the first and the last. */
  List<TableRow> rows() {
    int rows = Math.min(TABLE_ROWS, x.length);
    return IntStream.range(0, rows)
        .map(r -> rows == 1 ? 0 : (int) ((long) r * (x.length - 1) / (rows - 1)))
        .mapToObj(
            i ->
                new TableRow(
                    Figures.plain(x[i]),
                    curves.stream().map(curve -> Figures.plain(curve.y()[i])).toList()))
        .toList();
  }

  /** What to say if the table does not hold all x; empty otherwise. */
  String selection() {
    return x.length <= TABLE_ROWS
        ? ""
        : String.format(Locale.ROOT, "%d of %,d, evenly spread", TABLE_ROWS, x.length);
  }
}
