package dev.onehot.data.digits;

import dev.onehot.data.ImageShape;
import dev.onehot.data.RandomAccessSource;
import java.util.Optional;

/**
 * Rows of generated digits, rendered where they are needed.
 *
 * @param seed which endless data set
 * @param firstRow the first row taken from it
 * @param rows how many
 */
public record GeneratedSource(long seed, long firstRow, long rows) implements RandomAccessSource {

  /** The seed of the digits that training falls back on. */
  public static final long BUILT_IN_SEED = 1024;

  /** How many rows training falls back on, as many as MNIST has. */
  public static final long BUILT_IN_TRAINING_ROWS = 60_000;

  /** How many rows behind those are to test on, as many as MNIST has. */
  public static final long BUILT_IN_TEST_ROWS = 10_000;

  /** The size of every image. */
  static final ImageShape SHAPE = new ImageShape(GeneratedDigits.SIDE, GeneratedDigits.SIDE);

  public GeneratedSource {
    if (firstRow < 0 || rows < 1) {
      throw new IllegalArgumentException("rows %d + %d".formatted(firstRow, rows));
    }
  }

  /** As many rows as MNIST has to train on, or the first of them. */
  public static GeneratedSource builtInTraining(long maxRows) {
    return new GeneratedSource(BUILT_IN_SEED, 0, Math.min(maxRows, BUILT_IN_TRAINING_ROWS));
  }

  /** As many rows as MNIST has to test on; none of them is trained on. */
  public static GeneratedSource builtInTest() {
    return new GeneratedSource(BUILT_IN_SEED, BUILT_IN_TRAINING_ROWS, BUILT_IN_TEST_ROWS);
  }

  @Override
  public int features() {
    return SHAPE.features();
  }

  @Override
  public Optional<ImageShape> pictures() {
    return Optional.of(SHAPE);
  }

  @Override
  public String description() {
    return "built-in generated digits";
  }

  @Override
  public void read(long position, int rows, byte[] values, int[] labels) {
    GeneratedDigits digits = new GeneratedDigits(seed);
    for (int r = 0; r < rows; r++) {
      labels[r] = digits.render(firstRow + position + r, values, r * features());
    }
  }
}
