package dev.onehot.data.digits;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The glyphs of each digit: the ways in which people write it. Common ways are listed more than
 * once.
 */
final class GlyphCatalogue {

  private static final Glyph[] ZERO = {
    Glyph.of("52,4 29,16 20,50 29,84 50,96 71,84 80,50 71,16 49,4"),
    Glyph.of("68,10 48,4 28,18 20,50 29,83 50,96 71,83 80,50 71,20 52,10"),
  };

  private static final Glyph[] ONE = {
    Glyph.of("50,2 50,98"),
    Glyph.of("50,2 50,98"),
    Glyph.of("30,24 52,3! 50,98"),
    Glyph.of("32,22 52,3! 51,96", "26,97 76,97"),
  };

  private static final Glyph[] TWO = {
    Glyph.of("22,26 34,8 56,4 74,18 72,40 48,68 20,95! 50,94 82,93"),
    Glyph.of("22,24 36,7 58,6 74,22 66,48 42,76 24,92 14,86 26,76 46,86 64,95 84,90"),
    Glyph.of("26,16 50,4 72,14 74,36 54,62 22,92! 40,86 60,94 84,88"),
  };

  private static final Glyph[] THREE = {
    Glyph.of("24,14 46,3 70,12 70,34 44,46! 72,56 80,76 62,95 36,96 18,84"),
    Glyph.of("24,5 48,6 74,5! 44,40! 70,50 78,72 62,94 38,96 20,86"),
    Glyph.of("24,16 46,3 68,13 66,34 46,46 40,43 50,44 74,58 78,78 60,95 36,95 20,86"),
  };

  private static final Glyph[] FOUR = {
    Glyph.of("30,6 24,32 22,54! 50,55 80,50", "70,8 66,50 62,98"),
    Glyph.of("66,98 66,50 66,4! 40,34 16,66! 50,66 86,65"),
    Glyph.of("26,8 20,34 30,50 52,48 74,10! 68,50 62,98"),
  };

  private static final Glyph[] FIVE = {
    Glyph.of("36,6 30,44! 50,38 72,50 76,72 58,94 34,96 18,84", "36,6 56,7 80,4"),
    Glyph.of("80,5 56,7 36,7! 30,42! 52,38 74,52 74,76 54,95 32,95 18,86"),
    Glyph.of("76,8 50,5 32,22 40,42 64,54 72,74 54,94 30,94 18,84"),
  };

  private static final Glyph[] SIX = {
    Glyph.of("66,4 44,20 28,48 24,74 38,95 62,92 72,72 58,56 38,62 26,78"),
    Glyph.of("56,3 36,34 24,68 32,92 54,96 70,80 62,62 42,62 26,76"),
    Glyph.of("76,14 60,4 38,20 24,50 24,78 42,96 66,90 74,70 58,54 36,62 25,74"),
  };

  private static final Glyph[] SEVEN = {
    Glyph.of("18,8 50,8 80,6! 62,46 46,98"),
    Glyph.of("18,8 50,8 80,6! 62,46 46,98", "34,52 78,50"),
    Glyph.of("18,24 20,9! 50,10 80,7! 60,44 48,98"),
    Glyph.of("16,14 40,6 66,10 79,14 70,38 56,64 44,97"),
  };

  private static final Glyph[] EIGHT = {
    Glyph.of("74,14 52,4 32,18 50,47 72,74 50,97 28,76 50,48 72,24 66,8"),
    Glyph.of("52,48 30,26 50,4 70,24 50,48 26,74 48,97 74,76 46,46"),
  };

  private static final Glyph[] NINE = {
    Glyph.of("72,22 54,6 34,12 26,32 38,48 58,44 72,24! 70,60 64,98"),
    Glyph.of("72,20 52,5 32,14 26,34 40,50 62,42 72,20! 74,56 66,86 46,97 28,90"),
    Glyph.of("74,8 48,6 28,24 34,44 56,44 74,12! 66,52 52,98"),
  };

  private static final Glyph[][] BY_LABEL = {
    ZERO, ONE, TWO, THREE, FOUR, FIVE, SIX, SEVEN, EIGHT, NINE
  };

  /** The largest number of knots of a glyph. */
  static final int MOST_KNOTS =
      Arrays.stream(BY_LABEL).flatMap(Stream::of).mapToInt(Glyph::size).max().getAsInt();

  private GlyphCatalogue() {}

  /** The number of a digit's entries, with repeated ones. */
  static int size(int label) {
    return BY_LABEL[label].length;
  }

  /** One of a digit's glyphs. */
  static Glyph get(int label, int entry) {
    return BY_LABEL[label][entry];
  }
}
