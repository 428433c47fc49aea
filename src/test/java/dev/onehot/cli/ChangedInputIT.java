package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.SparkJvm;
import dev.onehot.data.Gzip;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that change while a training reads them, and broken ones, in one process and in three. */
class ChangedInputIT {

  private static final int ROWS = 3000;
  private static final int SIDE = 8;
  private static final String UNCHANGING = "; run again on files that stay as they are";

  @TempDir private Path folder;

  private Path input;
  private Path images;
  private Path labels;

  /** Changes a file; may fail. */
  private interface Change {
    void make() throws IOException;
  }

  @BeforeEach
  void writeFiles() throws IOException {
    input = Files.createDirectories(folder.resolve("input"));
    images = Files.write(input.resolve("train-images-idx3-ubyte"), images(ROWS));
    ByteBuffer bytes = ByteBuffer.allocate(8 + ROWS).putInt(0x801).putInt(ROWS);
    for (int r = 0; r < ROWS; r++) {
      bytes.put(8 + r, (byte) (r % 10));
    }
    labels = Files.write(input.resolve("train-labels-idx1-ubyte"), bytes.array());
    FileTime past = FileTime.from(Instant.parse("2026-01-02T03:04:05Z"));
    Files.setLastModifiedTime(images, past);
    Files.setLastModifiedTime(labels, past);
  }

  private static byte[] images(int rows) {
    ByteBuffer bytes = ByteBuffer.allocate(16 + rows * SIDE * SIDE);
    bytes.putInt(0x803).putInt(rows).putInt(SIDE).putInt(SIDE);
    Random random = new Random(rows);
    for (int i = 16; i < bytes.capacity(); i++) {
      bytes.put(i, random.nextInt(4) == 0 ? (byte) random.nextInt(256) : 0);
    }
    return bytes.array();
  }

  @ParameterizedTest
  @ValueSource(strings = {"local[2]", "local-cluster[2,1,1024]"})
  void blocksThatTheCacheLostAreReadAgainFromFilesThatStayed(String master) {
    CommandRun run = train(master, () -> {}, 40);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(CacheLoss.happened()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"local[2]", "local-cluster[2,1,1024]"})
  void aFileCutShortIsNoticed(String master) throws IOException {
    Change cut = () -> Files.write(images, new byte[16]);
    assertStopped(
        train(master, cut),
        images
            + ": changed since the run began (length 192016, now 16; modified 2026-01-02T03:04:05Z",
        UNCHANGING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"local[2]", "local-cluster[2,1,1024]"})
  void aFileThatDisappearedIsNoticed(String master) throws IOException {
    assertStopped(
        train(master, () -> Files.delete(labels)),
        labels + ": has disappeared since the run began",
        "; put it where every machine can read it, and run again");
  }

  @Test
  void aFileWrittenAnewIsNoticedByItsTime() throws IOException {
    Change replace = () -> Files.write(images, images(ROWS));
    assertStopped(
        train("local[2]", replace),
        images
            + ": changed since the run began (length still 192016; modified 2026-01-02T03:04:05Z",
        UNCHANGING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"local[2]", "local-cluster[2,1,1024]"})
  void onePixelChangedBehindTheFileSystemsBackIsNoticed(String master) throws IOException {
    Change pixel =
        () -> {
          FileTime time = Files.getLastModifiedTime(images);
          byte[] bytes = Files.readAllBytes(images);
          bytes[100_000]++;
          Files.write(images, bytes);
          Files.setLastModifiedTime(images, time);
        };
    assertStopped(
        train(master, pixel),
        input
            + " (train-images-idx3-ubyte): changed since the run began (3,000 rows of fingerprint ",
        "; run again on input that stays as it is");
  }

  @Test
  void anotherGzipFileIsNoticed() throws IOException {
    compress(images);
    compress(labels);
    images = input.resolve("train-images-idx3-ubyte.gz");
    labels = input.resolve("train-labels-idx1-ubyte.gz");
    Change other = () -> Files.write(images, Gzip.compressed(images(ROWS + 1)));
    assertStopped(
        train("local[2]", other), images + ": changed since the run began (length ", UNCHANGING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"local[2]", "local-cluster[2,1,1024]"})
  void brokenInputThatATaskFindsIsOneLine(String master) throws IOException {
    byte[] compressed = Gzip.compressed(Files.readAllBytes(images));
    compress(labels);
    Files.delete(images);
    images = input.resolve("train-images-idx3-ubyte.gz");
    Files.write(images, Arrays.copyOf(compressed, compressed.length / 2));
    assertStopped(
        train(master, () -> {}),
        images + ": truncated gzip (Unexpected end of ZLIB input stream) in row ",
        "; get the file again");
  }

  private static void compress(Path file) throws IOException {
    Files.write(
        file.resolveSibling(file.getFileName() + ".gz"), Gzip.compressed(Files.readAllBytes(file)));
    Files.delete(file);
  }

  private void assertStopped(CommandRun run, String start, String end) throws IOException {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
    assertThat(run.lastError()).startsWith("onehot: " + start).endsWith(end);
    assertThat(run.err().lines().filter(line -> line.startsWith("onehot:"))).hasSize(1);
    assertThat(run.err()).doesNotContain("\tat ");
    assertThat(run.out()).isEmpty();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(input);
    }
  }

  private CommandRun train(String master, Change change) {
    return train(master, change, 2000);
  }

  private CommandRun train(String master, Change change, int iterations) {
    CacheLoss.after(
        () -> {
          try {
            change.make();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    Map<String, String> spark = new HashMap<>();
    if (master.startsWith("local-cluster")) {
      spark.putAll(SparkJvm.executorSettings());
    }
    spark.put("spark.master", master);
    spark.put("spark.extraListeners", CacheLoss.class.getName());
    return SparkSettings.with(
        spark,
        () ->
            CommandRun.of(
                "train",
                "--train=" + images,
                "--partitions=" + (images.toString().endsWith(".gz") ? 1 : 4),
                "--iterations=" + iterations,
                "--out=" + folder.resolve("model")));
  }
}
