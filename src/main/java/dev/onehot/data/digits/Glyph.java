package dev.onehot.data.digits;

/**
 * One way to write a digit: strokes through knots, on a grid of about 100 × 100 with y downwards.
 *
 * @param x each knot's distance from the left
 * @param y each knot's distance from the top
 * @param role what the pen does at each knot
 */
record Glyph(double[] x, double[] y, Role[] role) {

  /** The width and height of the grid that glyphs are drawn on. */
  static final double GRID = 100;

  /** What the pen does at a knot. */
  enum Role {
    /** A stroke begins. */
    START,
    /** The line passes smoothly. */
    SMOOTH,
    /** The line turns sharply. */
    CORNER
  }

  /**
   * Reads a glyph from text.
   *
   * @param strokes one string for each stroke: knots {@code x,y} separated by spaces; a corner ends
   *     with {@code !}
   */
  static Glyph of(String... strokes) {
    String[][] knots = new String[strokes.length][];
    int size = 0;
    for (int s = 0; s < strokes.length; s++) {
      knots[s] = strokes[s].split(" ");
      size += knots[s].length;
    }
    double[] x = new double[size];
    double[] y = new double[size];
    Role[] role = new Role[size];
    int k = 0;
    for (String[] stroke : knots) {
      for (int i = 0; i < stroke.length; i++, k++) {
        boolean corner = stroke[i].endsWith("!");
        String[] xy = stroke[i].replace("!", "").split(",");
        x[k] = Integer.parseInt(xy[0]);
        y[k] = Integer.parseInt(xy[1]);
        role[k] = i == 0 ? Role.START : corner ? Role.CORNER : Role.SMOOTH;
      }
    }
    return new Glyph(x, y, role);
  }

  /** The number of knots. */
  int size() {
    return x.length;
  }

  /** Whether the smooth line through a knot stops there: a stroke's end, or a corner. */
  boolean breaksAt(int knot) {
    return role[knot] != Role.SMOOTH || knot + 1 == size() || role[knot + 1] == Role.START;
  }
}
