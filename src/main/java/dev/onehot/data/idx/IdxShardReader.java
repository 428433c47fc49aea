package dev.onehot.data.idx;

import dev.onehot.failure.InputException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hadoop.conf.Configuration;

/** Reads the images and, if there are any, the labels of one shard together. Checks each label. */
final class IdxShardReader implements Closeable {

  private final IdxShard shard;
  private final IdxClasses classes;
  private final IdxRowReader images;

  /** Null if the shard has no labels. */
  private final IdxRowReader labels;

  private IdxShardReader(
      IdxShard shard, IdxClasses classes, IdxRowReader images, IdxRowReader labels) {
    this.shard = shard;
    this.classes = classes;
    this.images = images;
    this.labels = labels;
  }

  /** Opens the files at a row, given by its position. */
  static IdxShardReader open(
      IdxShard shard, IdxClasses classes, long position, Configuration hadoop) throws IOException {
    long first = position - shard.firstRow();
    IdxRowReader images = IdxRowReader.open(shard.images(), first, hadoop);
    try {
      IdxRowReader labels =
          shard.labelled() ? IdxRowReader.open(shard.labels(), first, hadoop) : null;
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
   * Reads the next rows into both arrays.
   *
   * @param values receives {@code rows × features} unsigned bytes
   * @param classOfRow receives {@code rows} labels; not used if the shard has none
   * @param at the row of both arrays that the first row is written to
   * @throws InputException if a file is broken, or a label has no class
   */
  void read(byte[] values, int[] classOfRow, int at, int rows) {
    images.read(values, at * shard.images().rowBytes(), rows);
    if (labels == null) {
      return;
    }
    long first = labels.row();
    IdxHeader header = shard.labels().header();
    byte[] bytes = new byte[rows * header.rowBytes()];
    labels.read(bytes, 0, rows);
    ByteBuffer numbers = ByteBuffer.wrap(bytes);
    for (int r = 0; r < rows; r++) {
      int label = header.type().whole(numbers, r * header.rowBytes());
      int known = classes.of(label);
      if (known < 0) {
        throw classes.unknown(shard.labels(), first + r, label);
      }
      classOfRow[at + r] = known;
    }
  }

  @Override
  public void close() throws IOException {
    try (labels) {
      images.close();
    }
  }
}
