package dev.onehot.data.digits;

import dev.onehot.data.idx.IdxWriter;
import dev.onehot.failure.OutputException;
import dev.onehot.failure.SettingNames;
import dev.onehot.math.RowBlock;
import dev.onehot.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Locale;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Renders one shard into its two files. Spark may make several attempts, even at the same time.
 * Each attempt writes under its own names, and renames the files to their real names when they are
 * complete. All attempts write the same bytes, so any attempt's files will do.
 */
final class GeneratedShardWriter {

  private final GeneratedShard shard;
  private final Path directory;
  private final Configuration hadoop;

  /**
   * @param directory receives the files; it must exist
   */
  GeneratedShardWriter(GeneratedShard shard, Path directory, Configuration hadoop) {
    this.shard = shard;
    this.directory = directory;
    this.hadoop = hadoop;
  }

  /**
   * Writes both files.
   *
   * @param seed selects the endless data set
   * @param target the directory's name for messages
   * @param written gets the number of rows after each write; if it throws, the attempt ends
   * @throws OutputException if writing fails; the attempt's files are removed as far as possible
   */
  void write(long seed, String target, LongConsumer written) {
    String attempt = ".attempt-" + UUID.randomUUID();
    Path images = new Path(directory, "." + shard.images() + attempt);
    Path labels = new Path(directory, "." + shard.labels() + attempt);
    try {
      FileSystem files = Storage.of(directory, hadoop);
      try {
        render(seed, files, images, labels, written);
        settle(files, images, shard.images(), shard.imageBytes());
        settle(files, labels, shard.labels(), shard.labelBytes());
      } finally {
        discard(files, images);
        discard(files, labels);
      }
    } catch (IOException e) {
      throw new OutputException(
          SettingNames.format(
              "⟨out⟩ %s: writing %s failed (%s); nothing was published",
              target, shard.images(), reason(e, images)),
          e);
    }
  }

  private void render(
      long seed, FileSystem files, Path imagePath, Path labelPath, LongConsumer written)
      throws IOException {
    int features = GeneratedSource.SHAPE.features();
    byte[] pixels = new byte[RowBlock.ROWS * features];
    byte[] classes = new byte[RowBlock.ROWS];
    GeneratedDigits digits = new GeneratedDigits(seed);
    try (IdxWriter images =
            IdxWriter.images(
                Storage.newFile(files, imagePath), shard.rows(), GeneratedSource.SHAPE);
        IdxWriter labels = IdxWriter.labels(Storage.newFile(files, labelPath), shard.rows())) {
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

  /**
   * Gives a file its real name. If another attempt's file already has that name, some file systems
   * replace it and others refuse. Both are fine.
   */
  private void settle(FileSystem files, Path path, String name, long bytes) throws IOException {
    Path real = new Path(directory, name);
    files.rename(path, real);
    FileStatus there = files.getFileStatus(real);
    if (!there.isFile() || there.getLen() != bytes) {
      throw new IOException(String.format(Locale.ROOT, "renaming a whole file to %s failed", name));
    }
  }

  private static void discard(FileSystem files, Path path) {
    try {
      files.delete(path, false);
    } catch (IOException e) {
      // The file is removed later: before publishing, or with the unpublished directory.
    }
  }

  private static String reason(IOException failure, Path path) {
    return failure instanceof FileNotFoundException
        ? "the directory isn't there; every machine must reach it"
        : Storage.reason(failure, path);
  }
}
