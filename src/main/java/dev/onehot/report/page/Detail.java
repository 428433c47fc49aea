package dev.onehot.report.page;

import java.util.List;

/**
 * How much a page shows of what can be large.
 *
 * @param pictureSide the most pixels of a picture's side
 * @param pictures the most pictures of a kind
 * @param templateCharacters the most characters of all class templates
 * @param flippedRows the most rows in the table of flipped rows
 * @param classRows the most classes in the table of classes
 */
record Detail(
    int pictureSide, int pictures, int templateCharacters, int flippedRows, int classRows) {

  /** From much to little. The last fits into any page. */
  static final List<Detail> LEVELS =
      List.of(
          new Detail(64, 48, 250_000, 1000, 256),
          new Detail(32, 24, 150_000, 500, 256),
          new Detail(16, 12, 50_000, 100, 50),
          new Detail(8, 0, 0, 20, 20));
}
