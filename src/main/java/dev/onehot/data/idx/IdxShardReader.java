package dev.onehot.data.idx;

import dev.onehot.failure.InputException;
import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

/** Reads images and labels of one shard side by side, and checks each label. */
final class IdxShardReader implements Closeable {

  private final IdxShard shard;
  private final int classes;
  private final IdxRowReader images;
  private final IdxRowReader labels;

  private IdxShardReader(IdxShard shard, int classes, IdxRowReader images, IdxRowReader labels) {
    this.shard = shard;
    this.classes = classes;
    this.images = images;
    this.labels = labels;
  }

  /** Opens both files at a row of the whole input. */
  static IdxShardReader open(IdxShard shard, int classes, long row, Configuration hadoop)
      throws IOException {
    long first = row - shard.firstRow();
    IdxRowReader images = IdxRowReader.open(shard.images(), first, hadoop);
    try {
      IdxRowReader labels = IdxRowReader.open(shard.labels(), first, hadoop);
      return new IdxShardReader(shard, classes, images, labels);
    } catch (InputException e) {
      images.close();
      throw e;
    }
  }

  /** How many rows are left in the shard. */
  long left() {
    return shard.images().rows() - images.row();
  }

  /**
   * Reads the next rows into the places from row {@code at} on.
   *
   * @param pixels {@code rows × features}
   * @param classOfRow {@code rows}
   * @throws InputException if a file is broken, or a label isn't one of the classes
   */
  void read(byte[] pixels, byte[] classOfRow, int at, int rows) {
    long first = labels.row();
    images.read(pixels, at * shard.images().rowBytes(), rows);
    labels.read(classOfRow, at, rows);
    for (int r = 0; r < rows; r++) {
      int label = Byte.toUnsignedInt(classOfRow[at + r]);
      if (label >= classes) {
        throw outOfRange(first + r, label);
      }
    }
  }

  private InputException outOfRange(long row, int label) {
    return new InputException(
        ("%s: label %d in row %d, at byte %d, is out of range: %d classes have the labels 0 to %d;"
                + " give ⟨classes⟩ %d or more, or mend the file")
            .formatted(
                shard.labels().name(),
                label,
                row,
                shard.labels().offset(row),
                classes,
                classes - 1,
                label + 1));
  }

  @Override
  public void close() throws IOException {
    try (labels) {
      images.close();
    }
  }
}
