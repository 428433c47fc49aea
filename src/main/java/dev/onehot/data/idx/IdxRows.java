package dev.onehot.data.idx;

import dev.onehot.data.ClassLabels;
import dev.onehot.data.FormatOptions;
import dev.onehot.data.KnownRows;
import dev.onehot.data.PieceSource;
import dev.onehot.data.RowSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Opens IDX files, whatever their numbers are. */
public final class IdxRows {

  private static final int ROWS_AT_ONCE = 1 << 16;

  private IdxRows() {}

  /**
   * Opens files: reads all headers, checks them and the lengths of the files. Unsigned bytes are
   * ready to be used; for that their labels are read if nobody knows the classes. Other numbers
   * have to be surveyed.
   *
   * @param options what becomes of missing values and bad rows
   * @param known what the rows have to fit
   * @param mostRows the most rows to use, from the first
   * @throws dev.onehot.failure.InputException at the first file that is missing or broken, or
   *     doesn't fit the others; or if the labels are no classes
   */
  public static RowSource open(
      IdxFiles files, FormatOptions options, KnownRows known, long mostRows, Configuration hadoop) {
    List<IdxShard> shards =
        IdxShard.withRows(
            IdxShard.open(files.images(), files.labelled() ? files.labels() : null, hadoop),
            mostRows);
    if (!shards.get(0).images().fitsByteBlock()) {
      IdxInput input = new IdxInput(shards, mostRows, options.missing());
      return new PieceSource(input, options, mostRows, hadoop);
    }
    List<String> labels =
        files.labelled() ? labels(shards, known, mostRows, hadoop) : List.<String>of();
    return IdxSource.of(shards, new IdxClasses(labels, known.origin()), mostRows, hadoop);
  }

  /**
   * Makes sure that a file is an IDX file of features.
   *
   * @throws dev.onehot.failure.InputException if it is missing, broken, or something else
   */
  public static void requireFeatures(Path file, Configuration hadoop) {
    IdxFile.open(file, IdxKind.IMAGES, hadoop);
  }

  /** Labels in the order of the classes. */
  private static List<String> labels(
      List<IdxShard> shards, KnownRows known, long mostRows, Configuration hadoop) {
    if (!known.labels().isEmpty() && !known.otherLabels()) {
      return known.labels();
    }
    List<String> found =
        found(shards, mostRows, hadoop).stream().sorted().map(String::valueOf).toList();
    if (known.labels().isEmpty()) {
      return ClassLabels.classes(
          IdxShard.description(shards), found, "name the file of the classes");
    }
    List<String> all = new ArrayList<>(known.labels());
    found.stream().filter(label -> !known.labels().contains(label)).forEach(all::add);
    return all;
  }

  /** The labels that occur in the first rows. */
  private static Set<Integer> found(List<IdxShard> shards, long mostRows, Configuration hadoop) {
    Set<Integer> found = new HashSet<>();
    for (IdxShard shard : shards) {
      collect(
          shard.labels(),
          Math.min(shard.labels().rows(), mostRows - shard.firstRow()),
          found,
          hadoop);
    }
    return found;
  }

  private static void collect(IdxFile file, long rows, Set<Integer> found, Configuration hadoop) {
    int rowBytes = file.rowBytes();
    byte[] bytes = new byte[(int) Math.min(rows, ROWS_AT_ONCE) * rowBytes];
    ByteBuffer numbers = ByteBuffer.wrap(bytes);
    try (IdxRowReader reader = IdxRowReader.open(file, 0, hadoop)) {
      for (long row = 0; row < rows; ) {
        int count = (int) Math.min(rows - row, ROWS_AT_ONCE);
        reader.read(bytes, 0, count);
        for (int r = 0; r < count; r++) {
          if (found.size() <= ClassLabels.MOST_CLASSES) {
            found.add(file.header().type().whole(numbers, r * rowBytes));
          }
        }
        row += count;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
