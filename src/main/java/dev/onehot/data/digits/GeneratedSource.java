package dev.onehot.data.digits;

import dev.onehot.data.ImageShape;
import dev.onehot.data.RandomAccessSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Rows of generated digits. The tasks render them.
 *
 * @param seed selects the endless data set
 * @param firstRow the first row, counted in the endless data set
 * @param rows the number of rows
 */
public record GeneratedSource(long seed, long firstRow, long rows) implements RandomAccessSource {

  /** The seed of the built-in digits, which are used if no data is given. */
  public static final long BUILT_IN_SEED = 1024;

  /** The number of built-in training rows, as many as in MNIST. */
  public static final long BUILT_IN_TRAINING_ROWS = 60_000;

  /** The number of built-in test rows, as many as in MNIST. They follow the training rows. */
  public static final long BUILT_IN_TEST_ROWS = 10_000;

  /** The size of every image. */
  static final ImageShape SHAPE = new ImageShape(GeneratedDigits.SIDE, GeneratedDigits.SIDE);

  public GeneratedSource {
    if (firstRow < 0 || rows < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "rows %d + %d", firstRow, rows));
    }
  }

  /** The built-in training rows, or only the first of them. */
  public static GeneratedSource builtInTraining(long maxRows) {
    return new GeneratedSource(BUILT_IN_SEED, 0, Math.min(maxRows, BUILT_IN_TRAINING_ROWS));
  }

  /** The built-in test rows. None of them is a training row. */
  public static GeneratedSource builtInTest() {
    return new GeneratedSource(BUILT_IN_SEED, BUILT_IN_TRAINING_ROWS, BUILT_IN_TEST_ROWS);
  }

  /** The training rows of a day, or only the first of them. Every day has other ones. */
  public static GeneratedSource ofDay(LocalDate day, long maxRows) {
    return new GeneratedSource(
        BUILT_IN_SEED + day.toEpochDay(), 0, Math.min(maxRows, BUILT_IN_TRAINING_ROWS));
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
  public List<String> classLabels() {
    return IntStream.range(0, GeneratedDigits.CLASSES).mapToObj(Integer::toString).toList();
  }

  @Override
  public String description() {
    return seed == BUILT_IN_SEED
        ? "built-in generated digits"
        : String.format(Locale.ROOT, "generated digits of seed %d", seed);
  }

  @Override
  public void read(long position, int rows, byte[] values, int[] labels) {
    GeneratedDigits digits = new GeneratedDigits(seed);
    for (int r = 0; r < rows; r++) {
      labels[r] = digits.render(firstRow + position + r, values, r * features());
    }
  }
}
