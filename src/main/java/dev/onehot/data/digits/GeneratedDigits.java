package dev.onehot.data.digits;

import dev.onehot.math.SplitMix64;
import java.util.Objects;

/**
 * Ten stroke-drawn digits with random distortion: a pure function of (seed, row).
 *
 * <p>Only IEEE {@code + − × ÷ sqrt} and integers are used, so every machine renders the same bytes.
 * A row is drawn as follows: a label and one of its glyphs are chosen; the glyph's knots are
 * jittered and joined by a spline; the line is bent by a smooth elastic field, then slanted,
 * rotated and stretched; a round pen of varying width inks it, fitted into 20 × 20 pixels and
 * centred by mass, as MNIST was.
 *
 * <p>An instance owns the buffers it draws with: rendering allocates nothing, and each thread needs
 * its own instance.
 */
public final class GeneratedDigits {

  /** Pixels along each side of a picture. */
  public static final int SIDE = 28;

  /** Pixels of a picture. */
  private static final int PIXELS = SIDE * SIDE;

  /** Labels are 0 … 9. */
  public static final int CLASSES = 10;

  private final long seed;
  private final SplitMix64 random = new SplitMix64();
  private final Trace trace = new Trace(GlyphCatalogue.MOST_KNOTS * Pen.MOST_STEPS);
  private final Pen pen = new Pen();
  private final ElasticField elastic = new ElasticField();
  private final AffineMap affine = new AffineMap();
  private final Rasterizer rasterizer = new Rasterizer();

  /** The infinite data set of a seed. */
  public GeneratedDigits(long seed) {
    this.seed = seed;
  }

  /**
   * Renders one row of the data set.
   *
   * @param row any number; rows may be rendered in any order
   * @param pixels receives the picture, 28 rows of 28 unsigned bytes: 0 is paper, 255 ink
   * @param offset where in {@code pixels} the picture starts; all 784 bytes from there are
   *     overwritten
   * @return the digit drawn, 0 … 9
   * @throws IndexOutOfBoundsException if 784 bytes from {@code offset} do not fit
   */
  public int render(long row, byte[] pixels, int offset) {
    Objects.checkFromIndexSize(offset, PIXELS, pixels.length);
    random.start(seed, row);
    int label = random.below(CLASSES);
    Glyph glyph = GlyphCatalogue.get(label, random.below(GlyphCatalogue.size(label)));
    // Some writers are careless throughout: their knots stray and their lines bend.
    double sloppiness = random.between(0.5, 1.5);
    pen.draw(glyph, sloppiness, random, trace);
    elastic.bend(trace, sloppiness, random);
    affine.transform(trace, random);
    rasterizer.ink(trace, random, pixels, offset);
    return label;
  }
}
