package dev.onehot.data.digits;

import dev.onehot.math.SplitMix64;

/** A writer's hand: random aspect, slant and rotation. The rasterizer sets size and position. */
final class AffineMap {

  /** The mean of width over height, relative to the glyph's own. */
  private static final double MEAN_ASPECT = 1.12;

  /** The standard deviation of the share by which the width grows and the height shrinks. */
  private static final double STRETCH = 0.1;

  /** The mean slant to the right, as a shear. */
  private static final double MEAN_SLANT = 0.2;

  /** The slant's standard deviation. */
  private static final double SLANT = 0.22;

  /** The tangent of half the rotation: a standard deviation of about 7 degrees. */
  private static final double HALF_TURN = 0.06;

  /** Transforms a trace in place. */
  void transform(Trace trace, SplitMix64 random) {
    double stretch = STRETCH * random.bell();
    double scaleX = MEAN_ASPECT * (1 + stretch);
    double scaleY = 1 - stretch;
    double slant = MEAN_SLANT + SLANT * random.bell();
    // By the half-angle formulas, a rotation without sine or cosine.
    double t = HALF_TURN * random.bell();
    double cosine = (1 - t * t) / (1 + t * t);
    double sine = 2 * t / (1 + t * t);
    for (int p = 0; p < trace.size(); p++) {
      double y = scaleY * trace.y[p];
      double x = scaleX * trace.x[p] - slant * y;
      trace.x[p] = cosine * x - sine * y;
      trace.y[p] = sine * x + cosine * y;
    }
  }
}
