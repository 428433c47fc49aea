package dev.onehot.data.digits;

import dev.onehot.math.SplitMix64;
import java.util.Arrays;

/**
 * Inks a trace the way MNIST was made: the ink's bounding box is fitted into {@value #BOX} ×
 * {@value #BOX} pixels with its aspect kept, anti-aliased, and placed by whole pixels so that its
 * centre of mass comes to the middle of the picture.
 */
final class Rasterizer {

  /** Pixels along each side of the box that the ink fills in at least one direction. */
  static final int BOX = 20;

  private static final int SIDE = GeneratedDigits.SIDE;
  private static final int INK = 255;

  /** The mean of the pen's half width, in pixels. */
  private static final double HALF_WIDTH = 1.2;

  /** The half width's standard deviation, in pixels. */
  private static final double HALF_WIDTH_DEVIATION = 0.3;

  /** The least half width, in pixels. Thinner lines would be invisible. */
  private static final double THINNEST = 0.6;

  private final double[] coverage = new double[BOX * BOX];

  // The ink's bounding box, as last measured.
  private double left;
  private double right;
  private double top;
  private double bottom;

  /**
   * Draws the trace and overwrites one picture.
   *
   * @param trace relative half widths, in any unit of length; it is rescaled in place
   * @param pixels receives 28 × 28 unsigned bytes from {@code offset} on
   */
  void ink(Trace trace, SplitMix64 random, byte[] pixels, int offset) {
    fit(trace, Math.max(THINNEST, HALF_WIDTH + HALF_WIDTH_DEVIATION * random.bell()));
    Arrays.fill(coverage, 0);
    for (int p = 1; p < trace.size(); p++) {
      if (trace.penDown[p]) {
        line(trace, p - 1, p);
      }
    }
    place(pixels, offset);
  }

  /** Scales and moves the trace so that its ink spans the box. */
  private void fit(Trace trace, double halfWidth) {
    // The half width is in pixels, the trace still in units of the grid. The first measure, of the
    // trace without width, gives the ratio of the two for even pressure. The second measure then
    // fits the true ink exactly.
    double pen = halfWidth * measure(trace, 0) / (BOX - 2 * halfWidth);
    double scale = BOX / measure(trace, pen);
    for (int p = 0; p < trace.size(); p++) {
      trace.x[p] = BOX / 2.0 + scale * (trace.x[p] - (left + right) / 2);
      trace.y[p] = BOX / 2.0 + scale * (trace.y[p] - (top + bottom) / 2);
      trace.halfWidth[p] *= pen * scale;
    }
  }

  /**
   * Measures the ink's bounding box.
   *
   * @param pen what to multiply the trace's half widths by
   * @return the longer of the box's sides
   */
  private double measure(Trace trace, double pen) {
    left = top = Double.POSITIVE_INFINITY;
    right = bottom = Double.NEGATIVE_INFINITY;
    for (int p = 0; p < trace.size(); p++) {
      double r = pen * trace.halfWidth[p];
      left = Math.min(left, trace.x[p] - r);
      right = Math.max(right, trace.x[p] + r);
      top = Math.min(top, trace.y[p] - r);
      bottom = Math.max(bottom, trace.y[p] + r);
    }
    return Math.max(right - left, bottom - top);
  }

  /**
   * Inks one line with round ends. A pixel is covered by how far its centre lies inside the line's
   * edge, over one pixel from outside to inside.
   */
  private void line(Trace trace, int from, int to) {
    double x0 = trace.x[from];
    double y0 = trace.y[from];
    double dx = trace.x[to] - x0;
    double dy = trace.y[to] - y0;
    double reach0 = trace.halfWidth[from] + 0.5;
    double widening = trace.halfWidth[to] + 0.5 - reach0;
    double squaredLength = dx * dx + dy * dy;
    double inverse = squaredLength > 0 ? 1 / squaredLength : 0;

    double reach = Math.max(reach0, reach0 + widening);
    int firstColumn = pixelFrom(Math.min(x0, x0 + dx) - reach);
    int lastColumn = pixelTo(Math.max(x0, x0 + dx) + reach);
    int firstRow = pixelFrom(Math.min(y0, y0 + dy) - reach);
    int lastRow = pixelTo(Math.max(y0, y0 + dy) + reach);
    for (int row = firstRow; row <= lastRow; row++) {
      double py = row + 0.5 - y0;
      for (int column = firstColumn; column <= lastColumn; column++) {
        double px = column + 0.5 - x0;
        double t = Math.max(0, Math.min(1, (px * dx + py * dy) * inverse));
        double ex = px - t * dx;
        double ey = py - t * dy;
        double edge = reach0 + t * widening;
        double squaredDistance = ex * ex + ey * ey;
        if (squaredDistance < edge * edge) {
          int at = row * BOX + column;
          coverage[at] = Math.max(coverage[at], edge - Math.sqrt(squaredDistance));
        }
      }
    }
  }

  /** The first pixel whose centre is not left of (or above) a coordinate. */
  private static int pixelFrom(double coordinate) {
    return Math.max(0, (int) Math.ceil(coordinate - 0.5));
  }

  /** The last pixel whose centre is not right of (or below) a coordinate. */
  private static int pixelTo(double coordinate) {
    return Math.min(BOX - 1, (int) Math.floor(coordinate - 0.5));
  }

  /**
   * Copies the box into the picture. Its centre of mass comes as near to the middle as whole pixels
   * allow.
   */
  private void place(byte[] pixels, int offset) {
    int mass = 0;
    int momentX = 0;
    int momentY = 0;
    for (int row = 0; row < BOX; row++) {
      for (int column = 0; column < BOX; column++) {
        int ink = ink(row, column);
        mass += ink;
        momentX += ink * column;
        momentY += ink * row;
      }
    }
    int firstColumn = shift((double) momentX / mass);
    int firstRow = shift((double) momentY / mass);
    Arrays.fill(pixels, offset, offset + SIDE * SIDE, (byte) 0);
    for (int row = 0; row < BOX; row++) {
      int at = offset + (firstRow + row) * SIDE + firstColumn;
      for (int column = 0; column < BOX; column++) {
        pixels[at + column] = (byte) ink(row, column);
      }
    }
  }

  /** A pixel of the box, 0 … 255. */
  private int ink(int row, int column) {
    return (int) (INK * Math.min(1, coverage[row * BOX + column]) + 0.5);
  }

  /**
   * The first pixel of the box in the picture, along one axis. The whole box stays inside the
   * picture. So about one picture in 100,000, which has its mass at one end, is up to a pixel off
   * the middle.
   */
  private static int shift(double centreOfMass) {
    int shift = (int) Math.rint((SIDE - 1) / 2.0 - centreOfMass);
    return Math.max(0, Math.min(SIDE - BOX, shift));
  }
}
