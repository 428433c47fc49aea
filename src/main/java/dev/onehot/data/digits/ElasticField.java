package dev.onehot.data.digits;

import dev.onehot.math.SplitMix64;

/**
 * Smooth elastic distortion: every point is displaced by a random vector field, which is a uniform
 * bicubic B-spline over a lattice of random vectors (S. Lee, G. Wolberg and S. Y. Shin,
 * <i>Scattered data interpolation with multilevel B-splines</i>, 1997, equation 1).
 */
final class ElasticField {

  /** Cells of the lattice along each side of the glyph's grid. */
  private static final int CELLS = 2;

  /** A cubic B-spline reaches over four lattice points. */
  private static final int REACH = 4;

  private static final int POINTS = CELLS + REACH - 1;

  /** The lattice vectors' standard deviation along each axis, on the glyph's grid. */
  private static final double STRENGTH = 17;

  private final double[] shiftX = new double[POINTS * POINTS];
  private final double[] shiftY = new double[POINTS * POINTS];
  private final double[] weightX = new double[REACH];
  private final double[] weightY = new double[REACH];

  /**
   * Bends a trace that lies on the glyph's grid.
   *
   * @param sloppiness scales the field; 1 is ordinary
   */
  void bend(Trace trace, double sloppiness, SplitMix64 random) {
    for (int i = 0; i < shiftX.length; i++) {
      shiftX[i] = STRENGTH * sloppiness * random.bell();
      shiftY[i] = STRENGTH * sloppiness * random.bell();
    }
    for (int p = 0; p < trace.size(); p++) {
      int column = weigh(trace.x[p], weightX);
      int row = weigh(trace.y[p], weightY);
      double dx = 0;
      double dy = 0;
      for (int j = 0; j < REACH; j++) {
        for (int i = 0; i < REACH; i++) {
          double weight = weightY[j] * weightX[i];
          int at = (row + j) * POINTS + column + i;
          dx += weight * shiftX[at];
          dy += weight * shiftY[at];
        }
      }
      trace.x[p] += dx;
      trace.y[p] += dy;
    }
  }

  /**
   * The B-spline's weights at a coordinate, and the first lattice point they belong to. Beyond the
   * grid the field goes on as at its edge.
   */
  private static int weigh(double coordinate, double[] weights) {
    double u = Math.max(0, Math.min(CELLS, coordinate * (CELLS / Glyph.GRID)));
    int cell = Math.min(CELLS - 1, (int) u);
    double t = u - cell;
    double s = 1 - t;
    weights[0] = s * s * s / 6;
    weights[1] = (4 + t * t * (3 * t - 6)) / 6;
    weights[2] = (4 + s * s * (3 * s - 6)) / 6;
    weights[3] = t * t * t / 6;
    return cell;
  }
}
