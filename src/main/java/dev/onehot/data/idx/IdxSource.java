package dev.onehot.data.idx;

import dev.onehot.data.BlockForm;
import dev.onehot.data.BlockGrid;
import dev.onehot.data.BlockGroups;
import dev.onehot.data.DenseRows;
import dev.onehot.data.HeldBackRows;
import dev.onehot.data.ImageShape;
import dev.onehot.data.RowChunk;
import dev.onehot.data.RowSource;
import dev.onehot.data.ShuffledBlocks;
import dev.onehot.failure.InputException;
import dev.onehot.math.ByteBlock;
import dev.onehot.math.FeatureValues;
import dev.onehot.math.RowBlock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Rows from IDX files, the format of MNIST: unsigned bytes behind a header of big-endian integers,
 * raw or gzip, in one pair of files or in several consecutive pairs.
 *
 * <p>Each task reads its own byte range of raw files. Gzip can only be read from the start. In
 * small files each task also decompresses the bytes before its rows. A large pair of files is read
 * by one task, and the rows are then moved to the partitions of their blocks.
 *
 * <p>The format is described in Y. LeCun, C. Cortes, C. Burges: The MNIST database of handwritten
 * digits.
 */
public final class IdxSource implements RowSource {

  /**
   * The most bytes, for each core, that tasks may decompress only to reach their rows, about half a
   * second's work. With more bytes, one task reads each pair of files.
   */
  private static final long MOST_SKIPPED_BYTES = 128L << 20;

  private final List<IdxShard> shards;
  private final IdxClasses classes;
  private final Configuration hadoop;
  private final long mostSkippedBytes;
  private final BlockGroups groups;

  private IdxSource(
      List<IdxShard> shards,
      IdxClasses classes,
      BlockGroups groups,
      Configuration hadoop,
      long mostSkippedBytes) {
    this.shards = shards;
    this.classes = classes;
    this.hadoop = hadoop;
    this.mostSkippedBytes = mostSkippedBytes;
    this.groups = groups;
  }

  /** The same source with another limit than {@link #MOST_SKIPPED_BYTES}. */
  IdxSource withMostSkippedBytes(long limit) {
    return new IdxSource(shards, classes, groups, hadoop, limit);
  }

  /** The same source with another number of blocks in a group. Its blocks hold other rows. */
  IdxSource withBlocksOfGroup(int blocks) {
    BlockGroups other = new BlockGroups(rows(), blocks);
    return new IdxSource(shards, classes, other, hadoop, mostSkippedBytes);
  }

  /**
   * Reads the headers of all files, and checks them and the lengths of the files.
   *
   * @param images files of images, in the order of their rows
   * @param labels for each file of images, the file of its labels
   * @param classes labels are 0 … {@code classes - 1}
   * @param maxRows the most rows to use, from the first; {@link Long#MAX_VALUE} for all
   * @throws InputException at the first file that is missing or broken, or doesn't fit the others
   */
  public static IdxSource open(
      List<Path> images, List<Path> labels, int classes, long maxRows, Configuration hadoop) {
    if (images.isEmpty() || classes < 1 || maxRows < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d files, %d classes, %d rows", images.size(), classes, maxRows));
    }
    return of(
        IdxShard.open(images, labels, hadoop), IdxClasses.ofNumbers(classes), maxRows, hadoop);
  }

  /**
   * Opens images without labels. Such a source has no blocks, only rows in the order of the input.
   *
   * @param images files of images, in the order of their rows
   * @param maxRows the most rows to use, from the first; {@link Long#MAX_VALUE} for all
   * @throws InputException at the first file that is missing or broken, or doesn't fit the others
   */
  public static IdxSource openUnlabelled(List<Path> images, long maxRows, Configuration hadoop) {
    if (images.isEmpty() || maxRows < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%d files, %d rows", images.size(), maxRows));
    }
    return of(IdxShard.open(images, null, hadoop), IdxClasses.ofNumbers(0), maxRows, hadoop);
  }

  /**
   * The rows of shards of unsigned bytes.
   *
   * @param classes C classes; none if rows have no labels
   */
  static IdxSource of(List<IdxShard> all, IdxClasses classes, long maxRows, Configuration hadoop) {
    List<IdxShard> shards = IdxShard.withRows(all, maxRows);
    IdxFile images = shards.get(0).images();
    if (!images.fitsByteBlock()) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: holds rows of %d %s, which have to be read as real numbers",
              images.name(),
              images.header().features(),
              images.header().type()));
    }
    long rows = Math.min(shards.get(shards.size() - 1).endRow(), maxRows);
    BlockGroups groups = BlockGroups.of(rows, images.rowBytes());
    return new IdxSource(shards, classes, groups, hadoop, MOST_SKIPPED_BYTES);
  }

  @Override
  public long rows() {
    return groups.rows();
  }

  @Override
  public int features() {
    return shards.get(0).images().rowBytes();
  }

  @Override
  public List<String> classLabels() {
    return classes.labels();
  }

  @Override
  public FeatureValues values() {
    return ByteBlock.VALUES;
  }

  @Override
  public boolean labelled() {
    return shards.get(0).labelled();
  }

  @Override
  public Optional<ImageShape> pictures() {
    return shards.get(0).images().pictures();
  }

  @Override
  public String description() {
    return IdxShard.description(shards);
  }

  @Override
  public List<String> files() {
    return IdxShard.locations(shards);
  }

  @Override
  public JavaRDD<RowBlock> blocks(
      JavaSparkContext spark, int partitions, HeldBackRows heldBack, Consumer<String> notes) {
    requireLabels();
    BlockGrid grid = BlockGrid.of(rows(), partitions);
    List<IdxSplit> byGrid = IdxSplit.blocksByGrid(grid, groups, shards);
    if (areCheap(byGrid, spark)) {
      var built = new IdxView.Blocks<>(groups, features(), new BlockForm.Built(heldBack));
      return read(spark, byGrid, built, RowBlock.class);
    }
    notes.accept(gzipNote());
    List<IdxSplit> byShard = IdxSplit.blocksByShard(groups, shards);
    var copied = new IdxView.Blocks<>(groups, features(), new BlockForm.Copied());
    return ShuffledBlocks.of(read(spark, byShard, copied, DenseRows.class), grid, heldBack);
  }

  @Override
  public JavaRDD<RowChunk> rowsInOrder(JavaSparkContext spark, int partitions) {
    List<IdxSplit> byGrid = IdxSplit.rowsByGrid(BlockGrid.of(rows(), partitions), shards);
    List<IdxSplit> splits = areCheap(byGrid, spark) ? byGrid : IdxSplit.rowsByShard(rows(), shards);
    return read(spark, splits, new IdxView.Rows(features(), labelled()), RowChunk.class);
  }

  /** Whether tasks decompress few enough bytes before their first rows. */
  private boolean areCheap(List<IdxSplit> splits, JavaSparkContext spark) {
    long skipped = splits.stream().mapToLong(IdxSplit::skippedBytes).sum();
    return skipped <= mostSkippedBytes * spark.defaultParallelism();
  }

  private String gzipNote() {
    List<String> gzip =
        shards.stream().flatMap(IdxShard::files).filter(IdxFile::gzip).map(IdxFile::name).toList();
    return String.format(
        Locale.ROOT,
        "gzip cannot be split: %s%s read by one task per pair of files;"
            + " raw files are read in parallel",
        gzip.get(0),
        gzip.size() > 1 ? String.format(Locale.ROOT, " and %d more are", gzip.size() - 1) : " is");
  }

  private <T> JavaRDD<T> read(
      JavaSparkContext spark, List<IdxSplit> splits, IdxView<T> view, Class<T> type) {
    var configuration = spark.broadcast(new SerializableConfiguration(hadoop));
    return new IdxRdd<>(spark.sc(), splits, classes, view, type, configuration).toJavaRDD();
  }
}
