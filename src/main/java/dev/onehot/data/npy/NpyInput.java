package dev.onehot.data.npy;

import dev.onehot.data.FormatOptions;
import dev.onehot.data.ImageShape;
import dev.onehot.data.KnownRows;
import dev.onehot.data.PieceInput;
import dev.onehot.failure.InputException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Arrays of rows in NumPy's files, {@code .npy} raw or gzip and {@code .npz}, with their labels.
 *
 * <p>Rows are the entries of an array's first dimension; the others are flattened with the last
 * index fastest, whatever the order in the file. N × H × W and N × H × W × 1 are pictures. Labels
 * are in an array of their own (see {@link ArrayNames}), in the same archive or beside the file, or
 * in a column of the rows. Weights are in a column or an array that {@code weight-column} names.
 *
 * <p>A raw array is read by several tasks at once, and so is an entry of {@code np.savez}. One of
 * gzip or of {@code np.savez_compressed} is read by one task, from its beginning to its end.
 */
public final class NpyInput implements PieceInput {

  private final List<RowArrays> arrays;
  private final FormatOptions options;

  private NpyInput(List<RowArrays> arrays, FormatOptions options) {
    this.arrays = arrays;
    this.options = options;
  }

  /**
   * Opens files: reads their headers. Of an archive that holds rows to train on and others to test
   * on, those to train on are taken.
   *
   * @param files in the order of their rows; those that are labels or weights of others are not
   *     taken for rows
   * @param known what the rows have to fit
   * @throws InputException if a file is missing, broken or of another kind, has no labels where
   *     they are required, or doesn't fit the others or what is known
   */
  public static NpyInput open(
      List<Path> files,
      FormatOptions options,
      KnownRows known,
      boolean labelsRequired,
      Configuration hadoop) {
    return open(files, NpyPart.TRAIN, options, known, labelsRequired, hadoop);
  }

  /**
   * Opens files: reads their headers.
   *
   * @param part which rows of an archive are meant that holds both
   * @see #open(List, FormatOptions, KnownRows, boolean, Configuration)
   */
  public static NpyInput open(
      List<Path> files,
      NpyPart part,
      FormatOptions options,
      KnownRows known,
      boolean labelsRequired,
      Configuration hadoop) {
    ArraySearch search = new ArraySearch(part, options, known, labelsRequired, hadoop);
    List<RowArrays> arrays = search.rowFiles(files).stream().map(search::open).toList();
    for (RowArrays each : arrays) {
      requireSameForm(arrays.get(0), each);
    }
    return new NpyInput(arrays, options);
  }

  /** Whether files are one archive that holds rows to train on and others to test on. */
  public static boolean holdsBothParts(List<Path> files, Configuration hadoop) {
    if (files.size() != 1) {
      return false;
    }
    ArrayFile file = ArrayFile.open(files.get(0), hadoop);
    return file.archive() && ArrayNames.hasBothParts(List.copyOf(file.arrays().keySet()));
  }

  private static void requireSameForm(RowArrays first, RowArrays other) {
    if (first.features() != other.features()) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: an array of shape %s has %,d features, where %s has %,d; use files whose rows are of the same kind",
              other.rows().stored().name(),
              other.rows().shapeText(),
              other.features(),
              first.rows().stored().name(),
              first.features()));
    }
    if (first.labelled() != other.labelled()) {
      RowArrays without = first.labelled() ? other : first;
      RowArrays with = first.labelled() ? first : other;
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: has no labels, where %s has some; use files that all have labels, or none",
              without.rows().stored().name(),
              with.rows().stored().name()));
    }
  }

  @Override
  public String description() {
    String first = arrays.get(0).rows().stored().name();
    return arrays.size() == 1
        ? first
        : String.format(Locale.ROOT, "%s and %,d more", first, arrays.size() - 1);
  }

  @Override
  public List<String> files() {
    Set<String> files = new LinkedHashSet<>();
    for (RowArrays each : arrays) {
      Stream.of(each.rows(), each.labels(), each.weights())
          .filter(Objects::nonNull)
          .forEach(array -> files.add(array.stored().location().toString()));
    }
    return List.copyOf(files);
  }

  @Override
  public boolean labelled() {
    return arrays.get(0).labelled();
  }

  @Override
  public List<String> featureNames() {
    return List.of();
  }

  @Override
  public int features() {
    return arrays.get(0).features();
  }

  @Override
  public Optional<ImageShape> pictures() {
    Optional<ImageShape> first = arrays.get(0).pictures();
    return arrays.stream().allMatch(each -> each.pictures().equals(first))
        ? first
        : Optional.empty();
  }

  @Override
  public List<NpySplit> splits() {
    List<NpySplit> splits = new ArrayList<>();
    for (RowArrays each : arrays) {
      splits.addAll(NpySplit.of(each, options.missing()));
    }
    return List.copyOf(splits);
  }
}
