package dev.onehot.data.digits;

/** The path of the pen: polylines, with the pen's half width at every point. */
final class Trace {

  final double[] x;
  final double[] y;
  final double[] halfWidth;

  /** For each point, whether a line is drawn to it from the point before. */
  final boolean[] penDown;

  private int size;

  Trace(int capacity) {
    x = new double[capacity];
    y = new double[capacity];
    halfWidth = new double[capacity];
    penDown = new boolean[capacity];
  }

  /** The number of points. */
  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  /** Starts a stroke. */
  void moveTo(double toX, double toY, double toHalfWidth) {
    add(toX, toY, toHalfWidth, false);
  }

  /** Draws a line from the last point. */
  void lineTo(double toX, double toY, double toHalfWidth) {
    add(toX, toY, toHalfWidth, true);
  }

  private void add(double atX, double atY, double atHalfWidth, boolean drawn) {
    x[size] = atX;
    y[size] = atY;
    halfWidth[size] = atHalfWidth;
    penDown[size] = drawn;
    size++;
  }
}
