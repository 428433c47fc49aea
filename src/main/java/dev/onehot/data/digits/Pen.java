package dev.onehot.data.digits;

import dev.onehot.math.SplitMix64;

/**
 * Writes a glyph with an unsteady hand: jitters its knots and the pen's pressure, and joins the
 * knots by a Catmull-Rom spline (E. Catmull and R. Rom, <i>A class of local interpolating
 * splines</i>, 1974), broken at corners.
 */
final class Pen {

  /** The most lines that approximate the curve between two knots. */
  static final int MOST_STEPS = 12;

  /** A line's length on the glyph's grid: about one and a half pixels. */
  private static final double STEP = 7.5;

  /** How far a knot strays along each axis, as a standard deviation on the glyph's grid. */
  private static final double JITTER = 2.5;

  /** How much the pen's width varies along a stroke, as a standard deviation. */
  private static final double PRESSURE = 0.1;

  private final double[] x = new double[GlyphCatalogue.MOST_KNOTS];
  private final double[] y = new double[GlyphCatalogue.MOST_KNOTS];
  private final double[] pressure = new double[GlyphCatalogue.MOST_KNOTS];

  /**
   * Replaces the trace by that of the glyph, on the glyph's grid. The mean half width is 1.
   *
   * @param sloppiness scales the jitter; 1 is ordinary
   */
  void draw(Glyph glyph, double sloppiness, SplitMix64 random, Trace trace) {
    for (int k = 0; k < glyph.size(); k++) {
      x[k] = glyph.x()[k] + JITTER * sloppiness * random.bell();
      y[k] = glyph.y()[k] + JITTER * sloppiness * random.bell();
      pressure[k] = 1 + PRESSURE * random.bell();
    }
    trace.clear();
    for (int k = 0; k < glyph.size(); k++) {
      if (glyph.role()[k] == Glyph.Role.START) {
        trace.moveTo(x[k], y[k], pressure[k]);
      } else {
        curve(glyph, k - 1, trace);
      }
    }
  }

  /** Adds the curve from knot {@code k} to the next. */
  private void curve(Glyph glyph, int k, Trace trace) {
    double x1 = x[k];
    double y1 = y[k];
    double x2 = x[k + 1];
    double y2 = y[k + 1];
    // Where the line breaks there is no neighbour: the mirrored knot lets it run straight.
    boolean first = glyph.breaksAt(k);
    boolean last = glyph.breaksAt(k + 1);
    double x0 = first ? 2 * x1 - x2 : x[k - 1];
    double y0 = first ? 2 * y1 - y2 : y[k - 1];
    double x3 = last ? 2 * x2 - x1 : x[k + 2];
    double y3 = last ? 2 * y2 - y1 : y[k + 2];

    double chord = Math.sqrt((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1));
    int steps = Math.min(MOST_STEPS, 1 + (int) (chord / STEP));
    for (int i = 1; i <= steps; i++) {
      double t = (double) i / steps;
      trace.lineTo(
          catmullRom(x0, x1, x2, x3, t),
          catmullRom(y0, y1, y2, y3, t),
          pressure[k] + t * (pressure[k + 1] - pressure[k]));
    }
  }

  private static double catmullRom(double p0, double p1, double p2, double p3, double t) {
    double a = 3 * (p1 - p2) + p3 - p0;
    double b = 2 * p0 - 5 * p1 + 4 * p2 - p3;
    double c = p2 - p0;
    return p1 + 0.5 * t * (c + t * (b + t * a));
  }
}
