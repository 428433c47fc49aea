package dev.onehot.data.digits;

import dev.onehot.data.BlockGrid;
import dev.onehot.failure.OutputException;
import dev.onehot.failure.Problems;
import dev.onehot.math.RowBlock;
import dev.onehot.spark.TaskRows;
import dev.onehot.storage.PublishedDirectory;
import dev.onehot.storage.TaskFiles;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Generated digits as IDX files with MNIST's names. One task writes one shard. All shards together
 * hold the same rows for any number of shards.
 *
 * @param seed selects the endless data set
 * @param rows the number of training rows, the first of the data set
 * @param testRows the number of test rows, which follow the training rows; 0 for none
 * @param shards the number of pairs of files for the training rows; test rows fill one pair, or one
 *     for every {@value #TEST_SHARD_ROWS}
 * @throws dev.onehot.failure.InvalidSettingsException if a number is out of range
 */
public record GeneratedFiles(long seed, long rows, long testRows, int shards)
    implements Serializable {

  /** The most rows in one file of test rows. */
  public static final int TEST_SHARD_ROWS = 1 << 20;

  /** File names have five digits for the shard, so names sort like numbers. */
  private static final int MAX_SHARDS = 100_000;

  /** The most rows of a file: whole blocks, and a number that fits the header's 32 bits. */
  private static final long MAX_SHARD_ROWS = Integer.MAX_VALUE / RowBlock.ROWS * RowBlock.ROWS;

  private static final long MAX_ROWS = MAX_SHARDS * MAX_SHARD_ROWS;
  private static final long MAX_TEST_ROWS = (long) MAX_SHARDS * TEST_SHARD_ROWS;

  public GeneratedFiles {
    boolean rowsInRange = rows >= 1 && rows <= MAX_ROWS;
    boolean shardsInRange = shards >= 1 && shards <= MAX_SHARDS;
    Problems problems =
        new Problems()
            .require(rowsInRange, "⟨rows⟩ must be 1 to %d, not %d", MAX_ROWS, rows)
            .require(
                testRows >= 0 && testRows <= MAX_TEST_ROWS,
                "⟨test-rows⟩ must be 0 to %d, not %d",
                MAX_TEST_ROWS,
                testRows)
            .require(shardsInRange, "⟨shards⟩ must be 1 to %d, not %d", MAX_SHARDS, shards);
    if (rowsInRange && shardsInRange) {
      long fewest = (rows + MAX_SHARD_ROWS - 1) / MAX_SHARD_ROWS;
      long most = RowBlock.count(rows);
      problems
          .require(
              shards >= fewest,
              "⟨shards⟩ must be at least %d for ⟨rows⟩ %d, not %d: an IDX file counts its rows in"
                  + " 32 bits",
              fewest,
              rows,
              shards)
          .require(
              shards <= most,
              "⟨shards⟩ must be at most %d for ⟨rows⟩ %d, not %d: a shard has at least one block"
                  + " of %d rows",
              most,
              rows,
              shards,
              RowBlock.ROWS);
    }
    problems.throwIfAny();
  }

  /** How many pairs of files the test rows fill. */
  public int testShards() {
    return (int) ((testRows + TEST_SHARD_ROWS - 1) / TEST_SHARD_ROWS);
  }

  /** The number of training and test rows together. */
  public long allRows() {
    return rows + testRows;
  }

  /** How many files there are. */
  public int files() {
    return 2 * (shards + testShards());
  }

  /** The bytes of all files together. */
  public long bytes() {
    return allShards().mapToObj(this::shard).mapToLong(s -> s.imageBytes() + s.labelBytes()).sum();
  }

  /**
   * Writes all files.
   *
   * @param directory receives only these files, and is not published yet
   * @param progress gets the number of written rows now and then, at the end {@link #allRows}
   * @throws OutputException if a file cannot be written; if a task fails, this is the cause of
   *     Spark's exception
   */
  public void write(JavaSparkContext spark, PublishedDirectory directory, LongConsumer progress) {
    List<Integer> numbers = allShards().boxed().toList();
    TaskFiles files = directory.taskFiles();
    Configuration configuration = spark.hadoopConfiguration();
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(configuration));
    spark.setJobDescription("generate digits");
    JavaRDD<Integer> shards = spark.parallelize(numbers, numbers.size()).setName("shards");
    VoidFunction<Integer> writing =
        number -> {
          TaskContext task = TaskContext.get();
          new GeneratedShardWriter(shard(number), files, hadoop.value().value())
              .write(
                  seed,
                  rows -> {
                    if (task.isInterrupted()) {
                      throw new TaskKilledException("superfluous");
                    }
                    TaskRows.add(rows);
                  });
        };
    try {
      TaskRows.follow(
          spark.sc(),
          progress,
          () -> {
            shards.foreach(writing);
            return null;
          });
    } finally {
      hadoop.destroy();
    }
    progress.accept(allRows());
    try {
      files.tidy(lengths(), configuration);
    } catch (IOException e) {
      throw directory.failure(e);
    }
  }

  /** The length of each file, by its name. */
  private Map<String, Long> lengths() {
    Map<String, Long> lengths = new HashMap<>();
    allShards()
        .mapToObj(this::shard)
        .forEach(
            shard -> {
              lengths.put(shard.images(), shard.imageBytes());
              lengths.put(shard.labels(), shard.labelBytes());
            });
    return lengths;
  }

  private IntStream allShards() {
    return IntStream.range(0, shards + testShards());
  }

  private GeneratedShard shard(int number) {
    return number < shards
        ? GeneratedShard.of("train", 0, new BlockGrid(rows, shards), number)
        : GeneratedShard.of("t10k", rows, new BlockGrid(testRows, testShards()), number - shards);
  }
}
