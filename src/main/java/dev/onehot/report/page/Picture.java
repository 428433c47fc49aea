package dev.onehot.report.page;

import java.util.Arrays;

/**
 * A picture of numbers.
 *
 * @param values height × width numbers, row after row
 */
record Picture(int height, int width, double[] values) {

  /** The colours of weights below and above 0, which all colour-blind people can tell apart. */
  private static final int NEGATIVE = 0x1f77d0;

  private static final int POSITIVE = 0xe66100;

  /** The shades of each of these colours. More would only make files larger. */
  private static final int SHADES = 15;

  /**
   * Shades from the least number to the greatest. What is near 0 is transparent, so that the page's
   * own background stands for 0, light or dark.
   */
  private static final int[] DIVERGING = diverging();

  private static int[] diverging() {
    int[] palette = new int[2 * SHADES + 1];
    for (int i = 0; i < palette.length; i++) {
      int shade = i - SHADES;
      int opacity = Math.abs(shade) * 255 / SHADES;
      palette[i] = opacity << 24 | (shade < 0 ? NEGATIVE : POSITIVE);
    }
    return palette;
  }

  /** This picture, or a smaller one of means whose sides have at most that many pixels. */
  Picture atMost(int side) {
    int step = (Math.max(height, width) + side - 1) / side;
    if (step <= 1) {
      return this;
    }
    int h = (height + step - 1) / step;
    int w = (width + step - 1) / step;
    double[] means = new double[h * w];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        means[y * w + x] = mean(y * step, x * step, step);
      }
    }
    return new Picture(h, w, means);
  }

  private double mean(int top, int left, int step) {
    int bottom = Math.min(top + step, height);
    int right = Math.min(left + step, width);
    double sum = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        sum += values[y * width + x];
      }
    }
    return sum / ((bottom - top) * (right - left));
  }

  /** The picture in shades of grey, 0 … 255; other numbers are taken for the nearest of these. */
  String grey() {
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) Math.round(Math.max(0, Math.min(255, values[i])));
    }
    return Png.grey(height, width, pixels);
  }

  /**
   * The picture in blue for numbers below 0, nothing for 0, and orange above 0.
   *
   * @param limit the size of a number from which on its colour is full
   */
  String diverging(double limit) {
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < pixels.length; i++) {
      double share = limit == 0 ? 0 : Math.max(-1, Math.min(1, values[i] / limit));
      pixels[i] = (byte) (SHADES + Math.round(share * SHADES));
    }
    return Png.indexed(height, width, pixels, DIVERGING);
  }

  /** The size that 99 of 100 numbers don't exceed, so that a few large ones hide no others. */
  static double limit(double[] values) {
    double[] sizes = Arrays.stream(values).map(Math::abs).sorted().toArray();
    return sizes[(int) ((sizes.length - 1) * 0.99)];
  }
}
