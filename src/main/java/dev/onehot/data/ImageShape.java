package dev.onehot.data;

import dev.onehot.math.ByteBlock;
import java.io.Serializable;
import java.util.Locale;

/**
 * The size in pixels of every image of an input. One image is one row of the feature matrix: its
 * pixel rows one after another.
 *
 * @throws IllegalArgumentException if there are no pixels, or more than {@link
 *     ByteBlock#MAX_FEATURES}
 */
public record ImageShape(int height, int width) implements Serializable {

  public ImageShape {
    if (!fits(height, width)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "an image has 1 to %d pixels, not %dx%d",
              ByteBlock.MAX_FEATURES,
              height,
              width));
    }
  }

  /** Whether the number of pixels is 1 to {@link ByteBlock#MAX_FEATURES}. */
  public static boolean fits(int height, int width) {
    return height > 0 && width > 0 && (long) height * width <= ByteBlock.MAX_FEATURES;
  }

  /** The number of pixels of an image, which are the columns of the feature matrix. */
  public int features() {
    return height * width;
  }

  @Override
  public String toString() {
    return height + "x" + width;
  }
}
