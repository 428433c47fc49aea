package dev.onehot.data.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.onehot.data.BlockGrid;
import dev.onehot.data.DataProfile;
import dev.onehot.data.Digits;
import dev.onehot.data.Gzip;
import dev.onehot.data.HeldBackRows;
import dev.onehot.data.ImageShape;
import dev.onehot.data.mnist.MnistFolder;
import dev.onehot.failure.InputException;
import dev.onehot.math.ByteBlock;
import dev.onehot.math.RowBlock;
import dev.onehot.math.SimilarityOrder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdxSourceIT {

  private static final String IMAGES = "train-images-idx3-ubyte";
  private static final String LABELS = "train-labels-idx1-ubyte";
  private static final ImageShape SHAPE = new ImageShape(4, 5);
  private static final int CORES = 2;
  private static final int ROWS = 3000;
  private static final Digits DIGITS = Digits.random(1, ROWS, SHAPE);

  /** So there are three groups: 1,024, 2,048 and 3,000 rows end them. */
  private static final int BLOCKS_OF_GROUP = 2;

  private static final HeldBackRows HELD_BACK = new HeldBackRows(0.2, 3);

  /** Shards that end within a block, on its border, several in one block, and with no rows. */
  private static final int[] SHARD_ENDS = {200, 200, 220, 512, 1400, 2048, 2049, 3000, 3000};

  private static JavaSparkContext spark;

  @TempDir Path folder;

  @BeforeAll
  static void startSpark() {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[" + CORES + "]")
                .setAppName("IdxSourceIT")
                .set("spark.ui.enabled", "false"));
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @ParameterizedTest
  @CsvSource({
    "'', false, true", ".gz, false, true", ".gz, false, false",
    "'', true, true", ".gz, true, true", ".gz, true, false"
  })
  void anyFilesAndPartitionsGiveTheSameBlocks(String extension, boolean sharded, boolean inPlace)
      throws IOException {
    if (sharded) {
      DIGITS.writeShards(folder, extension, SHARD_ENDS);
    } else {
      DIGITS.write(folder, extension);
    }
    for (int partitions : new int[] {1, 2, 3, 5, 6, 64}) {
      IdxSource source = open(Long.MAX_VALUE);
      List<List<RowBlock>> runs =
          (inPlace ? source : shuffled(source))
              .blocks(spark, partitions, HELD_BACK)
              .glom()
              .collect();

      assertRuns(runs, partitions, DIGITS);
    }
  }

  @Test
  void rawAndGzipShardsMayBeMixed() throws IOException {
    DIGITS.writeShards(folder, "", SHARD_ENDS);
    compress(IMAGES + "-00004-of-00009");
    compress(LABELS + "-00007-of-00009");

    IdxSource source = open(Long.MAX_VALUE);
    assertRuns(source.blocks(spark, 4, HELD_BACK).glom().collect(), 4, DIGITS);
    assertRuns(shuffled(source).blocks(spark, 4, HELD_BACK).glom().collect(), 4, DIGITS);
  }

  @Test
  void smallGzipIsReadByEachTaskAndLargeGzipByOneWhichIsSaid() throws IOException {
    DIGITS.write(folder, ".gz");
    // 3 groups of 1,024 rows in 3 partitions: 1,024 and 2,048 rows of 20 bytes and a label are
    // skipped.
    long skipped = (1024 + 2048) * 21;
    IdxSource source = open(Long.MAX_VALUE);
    IdxSource small = source.withMostSkippedBytes(skipped / CORES);
    IdxSource large = source.withMostSkippedBytes(skipped / CORES - 1);

    List<String> notes = new ArrayList<>();
    assertThat(small.blocks(spark, 3, HELD_BACK, notes::add).toDebugString())
        .doesNotContain("Shuffled");
    assertThat(notes).isEmpty();
    assertThat(large.blocks(spark, 3, HELD_BACK, notes::add).toDebugString()).contains("Shuffled");
    assertThat(notes)
        .containsExactly(
            "gzip cannot be split: %s/%s.gz and 1 more are read by one task per pair of files;"
                    .formatted(folder, IMAGES)
                + " raw files are read in parallel");
  }

  @Test
  void gzipIsToldByItsBytesNotByItsName() throws IOException {
    DIGITS.write(folder, "");
    byte[] raw = Files.readAllBytes(folder.resolve(IMAGES));
    Files.write(folder.resolve(IMAGES), Gzip.compressed(raw));
    assertThat(notes(shuffled(open(Long.MAX_VALUE))).get(0))
        .startsWith("gzip cannot be split: %s/%s is read by".formatted(folder, IMAGES));

    Files.write(folder.resolve(IMAGES + ".gz"), raw);
    Files.delete(folder.resolve(IMAGES));
    assertThat(notes(shuffled(open(Long.MAX_VALUE)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".gz"})
  void onlyTheFirstRowsAreTakenAndTheOthersNotEvenRead(String extension) throws IOException {
    byte[] labels = DIGITS.labels().clone();
    labels[2400] = 99;
    Digits broken = new Digits(SHAPE, DIGITS.pixels(), labels);
    for (int rows : new int[] {1, 512, 513, 2049, 2400}) {
      broken.write(folder, extension);
      Digits taken = DIGITS.slice(0, rows);
      assertRuns(open(rows).blocks(spark, 3, HELD_BACK).glom().collect(), 3, taken);
      assertRuns(shuffled(open(rows)).blocks(spark, 3, HELD_BACK).glom().collect(), 3, taken);
      Files.delete(folder.resolve(IMAGES + extension));
      Files.delete(folder.resolve(LABELS + extension));
      broken.writeShards(folder, extension, SHARD_ENDS);
      assertRuns(open(rows).blocks(spark, 3, HELD_BACK).glom().collect(), 3, taken);
      assertRuns(shuffled(open(rows)).blocks(spark, 3, HELD_BACK).glom().collect(), 3, taken);
      for (Path file : list()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void aGzipFileOfSeveralMembersIsReadWhole() throws IOException {
    DIGITS.write(folder, "");
    byte[] raw = Files.readAllBytes(folder.resolve(IMAGES));
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    for (int from = 0; from < raw.length; from += 10_000) {
      members.write(
          Gzip.compressed(Arrays.copyOfRange(raw, from, Math.min(raw.length, from + 10_000))));
    }
    Files.delete(folder.resolve(IMAGES));
    Files.write(folder.resolve(IMAGES + ".gz"), members.toByteArray());

    IdxSource source = open(Long.MAX_VALUE);
    assertRuns(source.blocks(spark, 2, HELD_BACK).glom().collect(), 2, DIGITS);
    assertRuns(shuffled(source).blocks(spark, 2, HELD_BACK).glom().collect(), 2, DIGITS);
  }

  @Test
  void theProfileIsTheSameForAnyFilesAndPartitions(@TempDir Path other) throws IOException {
    DIGITS.write(folder, "");
    DIGITS.writeShards(other, ".gz", SHARD_ENDS);
    DataProfile one = DataProfile.of(open(Long.MAX_VALUE).blocks(spark, 1, HELD_BACK), 20, 10);
    DataProfile six =
        DataProfile.of(open(other, 10, Long.MAX_VALUE).blocks(spark, 6, HELD_BACK), 20, 10);

    assertThat(six).usingRecursiveComparison().isEqualTo(one);
    assertThat(one.rows()).isEqualTo(ROWS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".gz"})
  void aLabelOutOfRangeIsRefusedNamingItsRow(String extension) throws IOException {
    byte[] labels = DIGITS.labels().clone();
    labels[1207] = (byte) 200;
    new Digits(SHAPE, DIGITS.pixels(), labels).writeShards(folder, extension, 1000, ROWS);

    assertThat(failure())
        .hasMessage(
            "%s/%s-00001-of-00002%s: label 200 in row 207, at byte 215, is out of range: 10 classes"
                    .formatted(folder, LABELS, extension)
                + " have the labels 0 to 9; give classes 201 or more, or mend the file");
  }

  @Test
  void theLargestLabelOfAllClassesIsInRange() throws IOException {
    byte[] labels = DIGITS.labels().clone();
    labels[0] = (byte) 255;
    new Digits(SHAPE, DIGITS.pixels(), labels).write(folder, "");

    IdxSource source = open(folder, 512, Long.MAX_VALUE);
    List<RowBlock> blocks = source.blocks(spark, 2, HeldBackRows.none()).collect();
    assertThat(blocks.stream().mapToInt(b -> new String(b.labels()).chars().max().orElseThrow()))
        .contains(255);
  }

  @Test
  void aGzipThatBreaksOffIsRefusedNamingTheRow() throws IOException {
    DIGITS.write(folder, "");
    byte[] compressed = compress(IMAGES);
    Files.write(folder.resolve(IMAGES + ".gz"), Arrays.copyOf(compressed, compressed.length / 2));

    assertThat(failure().getMessage())
        .matches(
            "\\Q%s/%s.gz: truncated gzip (Unexpected end of ZLIB input stream)\\E in row \\d+, at byte \\d+ of the uncompressed data; get the file again"
                .formatted(folder, IMAGES));
  }

  @Test
  void aCorruptGzipIsRefusedNamingTheRow() throws IOException {
    DIGITS.write(folder, "");
    int row = 700;
    int fault = 16 + row * SHAPE.features();
    byte[] corrupt = Gzip.corrupt(Files.readAllBytes(folder.resolve(IMAGES)), fault);
    Files.write(folder.resolve(IMAGES), corrupt);

    // Two of the three tasks meet it, and either may be the first.
    assertThat(failure())
        .hasMessage(
            "%s/%s: corrupt gzip (invalid block type) in row %d, at byte %d of the uncompressed data; get the file again"
                .formatted(folder, IMAGES, row, fault));
  }

  @ParameterizedTest
  @ValueSource(strings = {IMAGES, LABELS})
  void aChecksumThatDoesNotFitIsFoundBehindTheLastRow(String name) throws IOException {
    DIGITS.write(folder, "");
    int bytes = Files.readAllBytes(folder.resolve(name)).length;
    byte[] compressed = compress(name);
    compressed[compressed.length - 8] ^= 1;
    Files.write(folder.resolve(name + ".gz"), compressed);

    assertThat(failure())
        .hasMessage(
            "%s/%s.gz: corrupt gzip (Corrupt GZIP trailer) after the last row, at byte %d of the uncompressed data; get the file again"
                .formatted(folder, name, bytes));
  }

  @Test
  void aChecksumOfAShardThatEndsInAnothersBlockIsCheckedToo() throws IOException {
    DIGITS.writeShards(folder, ".gz", 100, 110, ROWS);
    Path shard = folder.resolve(IMAGES + "-00001-of-00003.gz");
    byte[] compressed = Files.readAllBytes(shard);
    compressed[compressed.length - 8] ^= 1;
    Files.write(shard, compressed);

    assertThat(failure()).hasMessageStartingWith(shard + ": corrupt gzip (Corrupt GZIP trailer)");
  }

  @Test
  void aGzipWithoutItsChecksumIsRefused() throws IOException {
    DIGITS.write(folder, "");
    byte[] compressed = compress(IMAGES);
    Files.write(folder.resolve(IMAGES + ".gz"), Arrays.copyOf(compressed, compressed.length - 3));

    assertThat(failure())
        .hasMessageStartingWith("%s/%s.gz: truncated gzip (".formatted(folder, IMAGES))
        .hasMessageContaining(") after the last row, at byte 60016 of the uncompressed data");
  }

  @Test
  void aGzipOfTooFewRowsIsRefusedNamingTheRow() throws IOException {
    DIGITS.write(folder, "");
    resize(IMAGES, 16 + 20 * 700 + 19);
    compress(IMAGES);

    assertThat(failure())
        .hasMessage(
            "%s/%s.gz: truncated: row 700, at byte 14016, isn't whole: expected 60016 bytes for 3000 rows, found 14035; get the file again"
                .formatted(folder, IMAGES));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100_000})
  void trailingBytesInAGzipAreRefused(int trailing) throws IOException {
    DIGITS.write(folder, "");
    resize(IMAGES, 60_016 + trailing);
    compress(IMAGES);

    assertThat(failure())
        .hasMessage(
            "%s/%s.gz: %d trailing bytes after row 2999, at byte 60016: expected 60016 bytes, found %d; get the file again"
                .formatted(folder, IMAGES, trailing, 60_016 + trailing));
  }

  @Test
  void aRawFileThatShrinksAfterItWasOpenedIsRefused() throws IOException {
    DIGITS.write(folder, "");
    IdxSource source = open(Long.MAX_VALUE);
    resize(IMAGES, 60_000);

    assertThat(failure(source))
        .hasMessageStartingWith(
            "%s/%s: changed since the run began (length 60016, now 60000"
                .formatted(folder, IMAGES));
  }

  @Test
  void aFileThatVanishesAfterItWasOpenedIsRefused() throws IOException {
    DIGITS.write(folder, "");
    IdxSource source = open(Long.MAX_VALUE);
    Files.delete(folder.resolve(LABELS));

    assertThat(failure(source))
        .hasMessageStartingWith(
            "%s/%s: has disappeared since the run began".formatted(folder, LABELS));
  }

  /** The reason of a job's failure, however the files are read. */
  private InputException failure() {
    IdxSource source = open(Long.MAX_VALUE);
    InputException failure = failure(source);
    assertThat(failure(shuffled(source))).hasMessage(failure.getMessage());
    return failure;
  }

  private static List<String> notes(IdxSource source) {
    List<String> notes = new ArrayList<>();
    source.blocks(spark, 2, HELD_BACK, notes::add);
    return notes;
  }

  /** The same rows; gzip is read by one task a pair of files. */
  private static IdxSource shuffled(IdxSource source) {
    return source.withMostSkippedBytes(0);
  }

  /** The reason of a job's failure, which must be an {@link InputException}. */
  private static InputException failure(IdxSource source) {
    Throwable thrown = catchThrowable(() -> source.blocks(spark, 3, HeldBackRows.none()).count());
    while (thrown != null && !(thrown instanceof InputException)) {
      thrown = thrown.getCause();
    }
    assertThat(thrown).isInstanceOf(InputException.class);
    return (InputException) thrown;
  }

  private static void assertRuns(List<List<RowBlock>> runs, int partitions, Digits digits) {
    BlockGrid grid = BlockGrid.of(digits.rows(), partitions);
    assertThat(runs).hasSize(grid.partitions());
    for (int p = 0; p < grid.partitions(); p++) {
      List<RowBlock> expected = new ArrayList<>();
      for (long block = grid.firstBlock(p); block < grid.firstBlock(p + 1); block++) {
        expected.add(block((int) block, digits));
      }
      assertThat(runs.get(p)).usingRecursiveComparison().isEqualTo(expected);
    }
  }

  private static RowBlock block(int index, Digits digits) {
    int group = index / BLOCKS_OF_GROUP;
    int first = group * BLOCKS_OF_GROUP * RowBlock.ROWS;
    int end = Math.min(digits.rows(), first + BLOCKS_OF_GROUP * RowBlock.ROWS);
    byte[] pixels = digits.slice(first, end).pixels();
    int[] order = SimilarityOrder.of(pixels, end - first, SHAPE.features());
    int from = index % BLOCKS_OF_GROUP * RowBlock.ROWS;
    int rows = Math.min(RowBlock.ROWS, order.length - from);
    long[] positions = new long[rows];
    int[] labels = new int[rows];
    boolean[] heldBack = new boolean[rows];
    ByteBuffer values = ByteBuffer.allocate(rows * SHAPE.features());
    for (int r = 0; r < rows; r++) {
      int row = first + order[from + r];
      positions[r] = row;
      labels[r] = digits.labels()[row];
      heldBack[r] = HELD_BACK.contains(row);
      values.put(digits.slice(row, row + 1).pixels());
    }
    return ByteBlock.of(index, positions, labels, values.array(), SHAPE.features(), heldBack);
  }

  private IdxSource open(long maxRows) {
    return open(folder, Digits.CLASSES, maxRows);
  }

  private static IdxSource open(Path folder, int classes, long maxRows) {
    Configuration hadoop = spark.hadoopConfiguration();
    IdxFiles train =
        MnistFolder.open(new org.apache.hadoop.fs.Path(folder.toString()), hadoop).train();
    return IdxSource.open(train.images(), train.labels(), classes, maxRows, hadoop)
        .withBlocksOfGroup(BLOCKS_OF_GROUP);
  }

  private List<Path> list() throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }

  private void resize(String name, int length) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));
  }

  /** Repositions a file by its gzip, and returns that. */
  private byte[] compress(String name) throws IOException {
    byte[] compressed = Gzip.compressed(Files.readAllBytes(folder.resolve(name)));
    Files.delete(folder.resolve(name));
    Files.write(folder.resolve(name + ".gz"), compressed);
    return compressed;
  }
}
