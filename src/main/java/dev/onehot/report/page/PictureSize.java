package dev.onehot.report.page;

/**
 * The size of pictures.
 *
 * @param height in pixels
 * @param width in pixels
 */
public record PictureSize(int height, int width) {

  /** The size, or null if height or width is not known, as in the provenance of other rows. */
  public static PictureSize of(Integer height, Integer width) {
    return height == null || width == null ? null : new PictureSize(height, width);
  }
}
