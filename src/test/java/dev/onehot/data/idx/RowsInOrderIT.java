package dev.onehot.data.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onehot.data.ArraySource;
import dev.onehot.data.BlockGrid;
import dev.onehot.data.DataProfile;
import dev.onehot.data.Digits;
import dev.onehot.data.HeldBackRows;
import dev.onehot.data.ImageShape;
import dev.onehot.data.RowChunk;
import dev.onehot.data.RowSource;
import dev.onehot.data.digits.GeneratedDigits;
import dev.onehot.data.digits.GeneratedSource;
import dev.onehot.data.mnist.MnistFolder;
import dev.onehot.failure.InputException;
import dev.onehot.math.RowBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Sources as streams of rows in the order of the input, where Spark serializes with Kryo. */
class RowsInOrderIT {

  private static final ImageShape SHAPE = new ImageShape(4, 5);
  private static final int ROWS = 3000;
  private static final Digits DIGITS = Digits.random(1, ROWS, SHAPE);

  /** Shards that end within a block, on its border, several in one block, and with no rows. */
  private static final int[] SHARD_ENDS = {200, 200, 220, 512, 1400, 2048, 2049, 3000, 3000};

  private static final int[] PARTITIONS = {1, 3, 7};

  private static JavaSparkContext spark;

  @TempDir Path folder;

  @BeforeAll
  static void startSpark() {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[2]")
                .setAppName("RowsInOrderIT")
                .set("spark.ui.enabled", "false")
                .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer"));
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @ParameterizedTest
  @CsvSource({
    "'', false, true", "'', false, false", "'', true, true", "'', true, false",
    ".gz, false, true", ".gz, false, false", ".gz, true, true", ".gz, true, false"
  })
  void partitionsHoldTheRowsAsTheGridCutsThem(String extension, boolean sharded, boolean labelled)
      throws IOException {
    write(DIGITS, extension, sharded);
    IdxSource source = labelled ? open(Long.MAX_VALUE) : openUnlabelled(Long.MAX_VALUE);

    assertThat(source.labelled()).isEqualTo(labelled);
    for (int partitions : PARTITIONS) {
      List<List<RowChunk>> runs = source.rowsInOrder(spark, partitions).glom().collect();

      assertRunsOfTheGrid(runs, ROWS, partitions);
      assertRows(runs, DIGITS, labelled);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofLargeGzipEachShardIsReadOnceAsOnePartition(boolean labelled) throws IOException {
    DIGITS.writeShards(folder, ".gz", SHARD_ENDS);
    IdxSource source = labelled ? open(Long.MAX_VALUE) : openUnlabelled(Long.MAX_VALUE);
    for (int partitions : PARTITIONS) {
      List<List<RowChunk>> runs =
          source.withMostSkippedBytes(0).rowsInOrder(spark, partitions).glom().collect();

      // A single partition has nothing to skip.
      assertThat(runs.stream().map(run -> run.get(0).firstPosition()))
          .isEqualTo(
              partitions == 1 ? List.of(0L) : List.of(0L, 200L, 220L, 512L, 1400L, 2048L, 2049L));
      assertRows(runs, DIGITS, labelled);
    }
  }

  @ParameterizedTest
  @CsvSource({"'', false", "'', true", ".gz, false", ".gz, true"})
  void onlyTheFirstRowsAreTakenAndTheOthersNotEvenRead(String extension, boolean sharded)
      throws IOException {
    byte[] labels = DIGITS.labels().clone();
    labels[2400] = 99;
    write(new Digits(SHAPE, DIGITS.pixels(), labels), extension, sharded);
    for (int rows : new int[] {1, 512, 513, 2049, 2400}) {
      IdxSource source = open(rows);
      List<List<RowChunk>> runs = source.rowsInOrder(spark, 3).glom().collect();
      assertRunsOfTheGrid(runs, rows, 3);
      assertRows(runs, DIGITS.slice(0, rows), true);
      assertRows(
          source.withMostSkippedBytes(0).rowsInOrder(spark, 3).glom().collect(),
          DIGITS.slice(0, rows),
          true);
    }
  }

  @Test
  void thereAreNoBlocksOfRowsWithoutLabels() throws IOException {
    DIGITS.write(folder, "");
    RowSource source = openUnlabelled(Long.MAX_VALUE);

    assertThat(source.files()).containsExactly("file:" + folder.resolve(images("")));
    assertThatThrownBy(() -> source.blocks(spark, 2, HeldBackRows.none()))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "%s (%s): the rows have no labels; training and testing need them"
                .formatted(folder, images("")));
    RowSource inMemory = new ArraySource(20, DIGITS.pixels(), null);
    assertThatThrownBy(() -> inMemory.blocks(spark, 2, HeldBackRows.none()))
        .isInstanceOf(InputException.class)
        .hasMessage("rows in memory: the rows have no labels; training and testing need them");
  }

  @Test
  void generatedRowsComeInTheirOrder() {
    GeneratedSource source = new GeneratedSource(7, 100, 1300);
    byte[] pixels = new byte[1300 * source.features()];
    byte[] labels = new byte[1300];
    GeneratedDigits digits = new GeneratedDigits(7);
    for (int r = 0; r < labels.length; r++) {
      labels[r] = (byte) digits.render(100 + r, pixels, r * source.features());
    }
    for (int partitions : PARTITIONS) {
      List<List<RowChunk>> runs = source.rowsInOrder(spark, partitions).glom().collect();

      assertRunsOfTheGrid(runs, 1300, partitions);
      assertRows(runs, new Digits(source.pictures().orElseThrow(), pixels, labels), true);
    }
  }

  @Test
  void rowsInMemoryAreThoseOfTheirFilesInBothViews() throws IOException {
    DIGITS.write(folder, "");
    HeldBackRows heldBack = new HeldBackRows(0.2, 3);
    DataProfile files = DataProfile.of(open(Long.MAX_VALUE).blocks(spark, 2, heldBack), 20, 10);
    for (int partitions : PARTITIONS) {
      assertRows(DIGITS.source().rowsInOrder(spark, partitions).glom().collect(), DIGITS, true);
      assertRows(
          new ArraySource(20, DIGITS.pixels(), null)
              .rowsInOrder(spark, partitions)
              .glom()
              .collect(),
          DIGITS,
          false);
      assertThat(DataProfile.of(DIGITS.source().blocks(spark, partitions, heldBack), 20, 10))
          .usingRecursiveComparison()
          .isEqualTo(files);
    }
  }

  @Test
  void contentThatIsBrokenIsRefusedNamingItsRow() throws IOException {
    byte[] labels = DIGITS.labels().clone();
    labels[1207] = 10;
    new Digits(SHAPE, DIGITS.pixels(), labels).writeShards(folder, "", 1000, ROWS);

    assertThatThrownBy(() -> open(Long.MAX_VALUE).rowsInOrder(spark, 3).count())
        .hasRootCauseInstanceOf(InputException.class)
        .rootCause()
        .hasMessageContaining("label 10 in row 207, at byte 215, is out of range");
  }

  private static void assertRunsOfTheGrid(List<List<RowChunk>> runs, long rows, int partitions) {
    BlockGrid grid = BlockGrid.of(rows, partitions);
    assertThat(runs).hasSize(grid.partitions());
    for (int p = 0; p < runs.size(); p++) {
      assertThat(runs.get(p).get(0).firstPosition()).isEqualTo(grid.firstRow(p));
    }
  }

  /** Every row is there once, in its order, as it was written. */
  private static void assertRows(List<List<RowChunk>> runs, Digits expected, boolean labelled) {
    int features = expected.shape().features();
    float[] row = new float[features];
    int position = 0;
    for (RowChunk chunk : runs.stream().flatMap(List::stream).toList()) {
      assertThat(chunk.firstPosition()).isEqualTo(position);
      assertThat(chunk.rows()).isBetween(1, RowBlock.ROWS);
      assertThat(chunk.features()).isEqualTo(features);
      assertThat(chunk.labelled()).isEqualTo(labelled);
      for (int r = 0; r < chunk.rows(); r++, position++) {
        if (labelled) {
          assertThat(chunk.label(r)).isEqualTo(expected.labels()[position]);
        }
        chunk.copyFeatures(r, row);
        for (int j = 0; j < features; j++) {
          int written = Byte.toUnsignedInt(expected.pixels()[position * features + j]);
          if (row[j] != written) {
            assertThat(row[j]).as("row %d, feature %d", position, j).isEqualTo(written);
          }
        }
      }
    }
    assertThat(position).isEqualTo(expected.rows());
  }

  private void write(Digits digits, String extension, boolean sharded) throws IOException {
    if (sharded) {
      digits.writeShards(folder, extension, SHARD_ENDS);
    } else {
      digits.write(folder, extension);
    }
  }

  private static String images(String suffix) {
    return "train-images-idx3-ubyte" + suffix;
  }

  private IdxSource open(long maxRows) {
    IdxFiles files = files();
    return IdxSource.open(
        files.images(), files.labels(), Digits.CLASSES, maxRows, spark.hadoopConfiguration());
  }

  /** With no file of labels there any more. */
  private IdxSource openUnlabelled(long maxRows) throws IOException {
    IdxFiles files = files();
    for (org.apache.hadoop.fs.Path labels : files.labels()) {
      Files.delete(Path.of(labels.toUri().getPath()));
    }
    return IdxSource.openUnlabelled(files.images(), maxRows, spark.hadoopConfiguration());
  }

  private IdxFiles files() {
    Configuration hadoop = spark.hadoopConfiguration();
    return MnistFolder.open(new org.apache.hadoop.fs.Path(folder.toString()), hadoop).train();
  }
}
