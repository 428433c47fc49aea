package dev.onehot.data.digits;

import dev.onehot.data.idx.IdxWriter;
import dev.onehot.failure.OutputException;
import dev.onehot.math.RowBlock;
import dev.onehot.storage.TaskFile;
import dev.onehot.storage.TaskFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongConsumer;
import org.apache.hadoop.conf.Configuration;

/** Renders one shard into its two files. */
final class GeneratedShardWriter {

  private final GeneratedShard shard;
  private final TaskFiles files;
  private final Configuration hadoop;

  GeneratedShardWriter(GeneratedShard shard, TaskFiles files, Configuration hadoop) {
    this.shard = shard;
    this.files = files;
    this.hadoop = hadoop;
  }

  /**
   * Writes both files.
   *
   * @param seed selects the endless data set
   * @param written gets the number of rows after each write; if it throws, the attempt ends
   * @throws OutputException if writing fails; the attempt's files are removed as far as possible
   */
  void write(long seed, LongConsumer written) {
    try (TaskFile images = files.begin(shard.images(), hadoop);
        TaskFile labels = files.begin(shard.labels(), hadoop)) {
      render(seed, images.out(), labels.out(), written);
      images.complete();
      labels.complete();
    } catch (IOException e) {
      throw files.failure(shard.images(), e);
    }
  }

  private void render(
      long seed, OutputStream imageBytes, OutputStream labelBytes, LongConsumer written)
      throws IOException {
    int features = GeneratedSource.SHAPE.features();
    byte[] pixels = new byte[RowBlock.ROWS * features];
    byte[] classes = new byte[RowBlock.ROWS];
    GeneratedDigits digits = new GeneratedDigits(seed);
    try (IdxWriter images = IdxWriter.images(imageBytes, shard.rows(), GeneratedSource.SHAPE);
        IdxWriter labels = IdxWriter.labels(labelBytes, shard.rows())) {
      for (int left = shard.rows(); left > 0; left -= RowBlock.ROWS) {
        int rows = Math.min(left, RowBlock.ROWS);
        long first = shard.firstRow() + shard.rows() - left;
        for (int r = 0; r < rows; r++) {
          classes[r] = (byte) digits.render(first + r, pixels, r * features);
        }
        images.write(pixels, rows);
        labels.write(classes, rows);
        written.accept(rows);
      }
    }
  }
}
