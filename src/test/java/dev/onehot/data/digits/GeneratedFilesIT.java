package dev.onehot.data.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.onehot.data.BlockGrid;
import dev.onehot.data.HeldBackRows;
import dev.onehot.data.idx.IdxFiles;
import dev.onehot.data.idx.IdxSource;
import dev.onehot.data.mnist.MnistFolder;
import dev.onehot.failure.OutputException;
import dev.onehot.math.RowBlock;
import dev.onehot.storage.PublishedDirectory;
import dev.onehot.storage.TaskFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratedFilesIT {

  private static final long SEED = 7;
  private static final int ROWS = 2000;
  private static final int TEST_ROWS = 300;
  private static final String IMAGES = "train-images-idx3-ubyte";
  private static final String LABELS = "train-labels-idx1-ubyte";

  private static JavaSparkContext spark;

  @TempDir Path folder;

  @BeforeAll
  static void startSpark() {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[2]")
                .setAppName("GeneratedFilesIT")
                .set("spark.ui.enabled", "false")
                .set("spark.executor.heartbeatInterval", "100ms")
                .set("spark.hadoop.fs.strict.impl", FileSystemThatNeverOverwrites.class.getName()));
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @Test
  void oneShardHasThePlainNamesOfMnist() throws IOException {
    Path out = generate(new GeneratedFiles(SEED, ROWS, TEST_ROWS, 1));

    assertThat(names(out))
        .containsExactly("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte", IMAGES, LABELS);
    assertThat(names(folder)).containsExactly("out");
  }

  @Test
  void severalShardsAreNumberedAndThereIsNoTestWithoutRows() throws IOException {
    Path out = generate(new GeneratedFiles(SEED, ROWS, 0, 2));

    assertThat(names(out))
        .containsExactly(
            IMAGES + "-00000-of-00002",
            IMAGES + "-00001-of-00002",
            LABELS + "-00000-of-00002",
            LABELS + "-00001-of-00002");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void shardsInARowAreTheUnshardedFilesToTheByte(int shards) throws IOException {
    Path whole = generate(new GeneratedFiles(SEED, ROWS, TEST_ROWS, 1));
    Path parts = folder.resolve("parts");
    generate(new GeneratedFiles(SEED, ROWS, TEST_ROWS, shards), parts);

    assertThat(rows(parts, IMAGES, 16)).isEqualTo(rows(whole, IMAGES, 16)).hasSize(ROWS * 784);
    assertThat(rows(parts, LABELS, 8)).isEqualTo(rows(whole, LABELS, 8)).hasSize(ROWS);
    for (String name : List.of("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")) {
      assertThat(parts.resolve(name)).hasSameBinaryContentAs(whole.resolve(name));
    }
  }

  @Test
  void shardsAreCutBetweenBlocks() throws IOException {
    Path out = generate(new GeneratedFiles(SEED, ROWS, 0, 3));

    for (int shard = 0; shard < 3; shard++) {
      long rows = Files.size(out.resolve(LABELS + "-0000%d-of-00003".formatted(shard))) - 8;
      assertThat(rows).isEqualTo(new int[] {512, 512, 976}[shard]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void filesHoldTheBlocksThatTheSourceGivesWithoutThem(int shards) throws IOException {
    Path out = generate(new GeneratedFiles(SEED, ROWS, TEST_ROWS, shards));
    MnistFolder files = MnistFolder.open(hadoopPath(out), spark.hadoopConfiguration());

    assertSameBlocks(files.train(), new GeneratedSource(SEED, 0, ROWS));
    assertSameBlocks(files.test().orElseThrow(), new GeneratedSource(SEED, ROWS, TEST_ROWS));
  }

  @Test
  void whatOtherAttemptsLeftIsReplacedOrRemoved() throws IOException {
    var files = new GeneratedFiles(SEED, ROWS, 0, 2);
    Path clean = folder.resolve("clean");
    generate(files, clean);
    Path out = folder.resolve("out");
    try (var directory = create("file", out)) {
      leave(directory, "." + IMAGES + "-00000-of-00002.attempt-1");
      leave(directory, IMAGES + "-00001-of-00002");
      files.write(spark, directory, rows -> {});
      directory.publish();
    }

    assertSameFiles(out, clean);
  }

  @Test
  void anAttemptThatFindsTheFilesOfAnotherLeavesThemWhereRenamingNeverOverwrites()
      throws IOException {
    var files = new GeneratedFiles(SEED, ROWS, 0, 2);
    Path clean = folder.resolve("clean");
    generate(files, clean);
    Path out = folder.resolve("out");
    try (var directory = create("strict", out)) {
      // Finished, but the driver never heard of it.
      var first = GeneratedShard.of("train", 0, new BlockGrid(ROWS, 2), 0);
      new GeneratedShardWriter(first, directory.taskFiles(), spark.hadoopConfiguration())
          .write(SEED, rows -> {});
      files.write(spark, directory, rows -> {});
      directory.publish();
    }

    assertSameFiles(out, clean);
  }

  @Test
  void aDirectoryThatIsNotThereForATaskFailsInOneLineAndLeavesNothing() throws IOException {
    Throwable failure;
    try (var directory = create("file", folder.resolve("above/out"))) {
      Path elsewhere = folder.resolve("elsewhere");
      Files.createDirectory(elsewhere);
      TaskFiles files = directory.taskFiles();
      // As on a machine that does not share the disk.
      failure =
          catchThrowable(
              () ->
                  new GeneratedShardWriter(
                          GeneratedShard.of("train", 0, new BlockGrid(ROWS, 2), 0),
                          new TaskFiles(files.target(), hadoopPath(elsewhere)),
                          spark.hadoopConfiguration())
                      .write(SEED, rows -> {}));
      Files.delete(elsewhere);
    }

    assertThat(failure)
        .isInstanceOf(OutputException.class)
        .hasMessageStartingWith(
            "out file:%s/above/out: writing train-images-idx3-ubyte-00000-of-00002"
                .formatted(folder))
        .hasMessageEndingWith(
            " failed (the directory isn't there; every machine must reach it); nothing was"
                + " published");
    assertThat(names(folder)).isEmpty();
  }

  @Test
  void aTaskThatFailsAmongManyLeavesNothing() throws IOException {
    Throwable failure;
    try (var directory = create("strict", folder.resolve("out"))) {
      leave(directory, IMAGES + "-00007-of-00040");
      failure = failure(new GeneratedFiles(SEED, 40 * 512, 0, 40), directory);
    }

    assertThat(failure)
        .isInstanceOf(OutputException.class)
        .hasMessageContaining("writing train-images-idx3-ubyte-00007-of-00040 failed");
    assertThat(names(folder)).isEmpty();
  }

  @Test
  void progressIsHeardOfWhileTheOnlyTaskStillRuns() throws IOException {
    int rows = 60_000;
    var heard = new ConcurrentLinkedQueue<Long>();
    try (var directory = create("file", folder.resolve("out"))) {
      new GeneratedFiles(SEED, rows, 0, 1).write(spark, directory, heard::add);
    }

    assertThat(heard).allMatch(done -> done >= 0 && done <= rows);
    assertThat(heard).anyMatch(done -> done > 0 && done < rows);
    assertThat(heard).contains((long) rows);
  }

  private Path generate(GeneratedFiles files) throws IOException {
    return generate(files, folder.resolve("out"));
  }

  private static Path generate(GeneratedFiles files, Path out) throws IOException {
    try (var directory = create("file", out)) {
      files.write(spark, directory, rows -> {});
      directory.publish();
    }
    return out;
  }

  private static PublishedDirectory create(String scheme, Path out) {
    return PublishedDirectory.claim(
        new org.apache.hadoop.fs.Path(scheme, null, out.toString()),
        "a-run",
        spark.hadoopConfiguration(),
        line -> {});
  }

  /** The failure of writing that the user is told of. */
  private static Throwable failure(GeneratedFiles files, PublishedDirectory directory) {
    Throwable thrown = catchThrowable(() -> files.write(spark, directory, rows -> {}));
    while (thrown != null && !(thrown instanceof OutputException)) {
      thrown = thrown.getCause();
    }
    return thrown;
  }

  private static void leave(PublishedDirectory directory, String name) throws IOException {
    Files.writeString(Path.of(directory.taskFiles().pending().toUri().getPath(), name), "half");
  }

  private static void assertSameBlocks(IdxFiles files, GeneratedSource source) {
    Configuration hadoop = spark.hadoopConfiguration();
    IdxSource read = IdxSource.open(files.images(), files.labels(), 10, Long.MAX_VALUE, hadoop);
    List<RowBlock> expected = source.blocks(spark, 2, HeldBackRows.none()).collect();
    List<RowBlock> actual = read.blocks(spark, 2, HeldBackRows.none()).collect();
    assertThat(actual).hasSameSizeAs(expected);
    for (int b = 0; b < expected.size(); b++) {
      assertThat(actual.get(b).index()).isEqualTo(expected.get(b).index());
      assertThat(actual.get(b).labels()).isEqualTo(expected.get(b).labels());
      assertThat(actual.get(b)).usingRecursiveComparison().isEqualTo(expected.get(b));
    }
  }

  private static void assertSameFiles(Path actual, Path expected) throws IOException {
    assertThat(names(actual)).isEqualTo(names(expected));
    for (String name : names(expected)) {
      assertThat(actual.resolve(name)).hasSameBinaryContentAs(expected.resolve(name));
    }
  }

  /** What stands behind the headers of all files of a kind. */
  private static byte[] rows(Path out, String base, int header) throws IOException {
    var rows = new ByteArrayOutputStream();
    for (String name : names(out)) {
      if (name.startsWith(base)) {
        byte[] file = Files.readAllBytes(out.resolve(name));
        rows.write(Arrays.copyOfRange(file, header, file.length));
      }
    }
    return rows.toByteArray();
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private static org.apache.hadoop.fs.Path hadoopPath(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }

  /** Renames as HDFS does: not onto a file that is there. */
  public static final class FileSystemThatNeverOverwrites extends RawLocalFileSystem {

    @Override
    public URI getUri() {
      return URI.create("strict:///");
    }

    @Override
    public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
        throws IOException {
      return !exists(to) && super.rename(from, to);
    }
  }
}
