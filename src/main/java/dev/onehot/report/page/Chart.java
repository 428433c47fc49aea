package dev.onehot.report.page;

import java.util.List;

/**
 * A chart of one or more curves over the same x values, and its figures as a table.
 *
 * @param id the chart's name on the page
 * @param title what it shows
 * @param words the most important figures in words, for those who cannot see it
 * @param note how to read it; empty if that is plain
 * @param xName what x is
 * @param x the x values, ascending
 * @param curves what is drawn
 * @param axis the range of y
 * @param table the figures
 */
record Chart(
    String id,
    String title,
    String words,
    String note,
    String xName,
    double[] x,
    List<Curve> curves,
    Axis axis,
    Table table) {

  /** The most points of a curve that are drawn, about. */
  static final int POINTS = 300;

  /**
   * A range of values.
   *
   * @param least null to fit the curves
   * @param most null to fit the curves
   */
  record Axis(Double least, Double most) {

    static final Axis FITTED = new Axis(null, null);
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
  record Curve(String name, double[] y, int color, int dash, boolean points) {

    /** How many colours there are that can be told apart. */
    private static final int COLORS = 5;

    /** The n-th of several curves: with a colour, and then with a line, of its own. */
    static Curve nth(int n, String name, double[] y) {
      return new Curve(name, y, n % COLORS, n / COLORS % 3, false);
    }
  }

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
        curves.stream().map(curve -> drawn(curve, kept)).toList(),
        axis);
  }

  private static DrawnCurve drawn(Curve curve, int[] kept) {
    return new DrawnCurve(
        curve.name(),
        Figures.rounded(curve.y(), kept),
        curve.color(),
        curve.dash(),
        curve.points());
  }
}
