package dev.onehot.data.idx;

import dev.onehot.data.BlockGrid;
import dev.onehot.data.BlockGroups;
import dev.onehot.data.DenseRows;
import dev.onehot.data.HeldBackRows;
import dev.onehot.data.ImageShape;
import dev.onehot.data.RowSource;
import dev.onehot.failure.InputException;
import dev.onehot.math.FeatureValues;
import dev.onehot.math.RowBlock;
import dev.onehot.spark.DirectRdd;
import dev.onehot.spark.RunPartitioner;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;
import scala.runtime.AbstractFunction1;

/**
 * Rows from IDX files, the format of MNIST: unsigned bytes behind a header of big-endian integers,
 * raw or gzip, in one pair of files or in many whose rows follow one another.
 *
 * <p>Raw files are read by byte range, each task just its own. Gzip can only be read from the
 * start: of small files each task decompresses what comes before its rows, too; each large pair has
 * one reader, and the blocks then move to the partitions they belong to.
 *
 * <p>The format is described in Y. LeCun, C. Cortes, C. Burges: The MNIST database of handwritten
 * digits.
 */
public final class IdxSource implements RowSource {

  /**
   * How many bytes may be decompressed in vain, for each core, before the blocks are rather moved:
   * about half a second's work.
   */
  private static final long MOST_SKIPPED_BYTES = 128L << 20;

  private final List<IdxShard> shards;
  private final ImageShape shape;
  private final int classes;
  private final Configuration hadoop;
  private final long mostSkippedBytes;
  private final BlockGroups groups;

  private IdxSource(
      List<IdxShard> shards,
      int classes,
      BlockGroups groups,
      Configuration hadoop,
      long mostSkippedBytes) {
    this.shards = shards;
    this.shape = shards.get(0).images().shape();
    this.classes = classes;
    this.hadoop = hadoop;
    this.mostSkippedBytes = mostSkippedBytes;
    this.groups = groups;
  }

  /** The same with another limit than {@link #MOST_SKIPPED_BYTES}. */
  IdxSource mostSkippedBytes(long limit) {
    return new IdxSource(shards, classes, groups, hadoop, limit);
  }

  /** The same with so many blocks in a group; so blocks have other rows. */
  IdxSource blocksOfGroup(int blocks) {
    BlockGroups other = new BlockGroups(rows(), blocks);
    return new IdxSource(shards, classes, other, hadoop, mostSkippedBytes);
  }

  /**
   * Reads all headers, and checks all that can be known from them and from the files' lengths.
   *
   * @param images files of images, in the order of their rows
   * @param labels for each of them, the file of its labels
   * @param classes labels are 0 … {@code classes - 1}
   * @param maxRows take only the first so many rows; {@link Long#MAX_VALUE} for all
   * @throws InputException at the first file that is missing or broken, or doesn't fit the others
   */
  public static IdxSource open(
      List<Path> images, List<Path> labels, int classes, long maxRows, Configuration hadoop) {
    if (images.isEmpty() || classes < 1 || maxRows < 1) {
      throw new IllegalArgumentException(
          "%d files, %d classes, %d rows".formatted(images.size(), classes, maxRows));
    }
    if (images.size() != labels.size()) {
      throw new InputException(
          "images in %d file(s) (%s ...), but labels in %d; each needs its own"
              .formatted(images.size(), images.get(0), labels.size()));
    }
    List<IdxShard> shards = new ArrayList<>();
    long rows = 0;
    for (int i = 0; i < images.size(); i++) {
      IdxFile image = IdxFile.open(images.get(i), IdxKind.IMAGES, hadoop);
      IdxFile label = IdxFile.open(labels.get(i), IdxKind.LABELS, hadoop);
      requireSameRows(image, label);
      shards.add(new IdxShard(image, label, rows));
      requireSameShape(shards.get(0).images(), image);
      rows += image.rows();
    }
    if (rows == 0) {
      throw new InputException("%s: has no rows".formatted(images.get(0)));
    }
    long taken = Math.min(rows, maxRows);
    List<IdxShard> read =
        shards.stream().filter(s -> s.images().rows() > 0 && s.firstRow() < taken).toList();
    BlockGroups groups = BlockGroups.of(taken, read.get(0).images().shape().features());
    return new IdxSource(read, classes, groups, hadoop, MOST_SKIPPED_BYTES);
  }

  private static void requireSameRows(IdxFile images, IdxFile labels) {
    if (images.rows() != labels.rows()) {
      throw new InputException(
          "%s has %d images but %s has %d labels; the two must belong together"
              .formatted(images.name(), images.rows(), labels.name(), labels.rows()));
    }
  }

  private static void requireSameShape(IdxFile first, IdxFile other) {
    if (!first.shape().equals(other.shape())) {
      throw new InputException(
          "%s: images of %s pixels, but those of %s have %s; all must have one size"
              .formatted(other.name(), other.shape(), first.name(), first.shape()));
    }
  }

  @Override
  public long rows() {
    return groups.rows();
  }

  @Override
  public FeatureValues values() {
    return RowBlock.VALUES;
  }

  @Override
  public ImageShape shape() {
    return shape;
  }

  @Override
  public String description() {
    Path first = new Path(shards.get(0).images().name());
    String more = shards.size() > 1 ? " and %d more".formatted(shards.size() - 1) : "";
    return first.getParent() == null
        ? first.getName() + more
        : "%s (%s%s)".formatted(first.getParent(), first.getName(), more);
  }

  @Override
  public List<String> files() {
    return shards.stream()
        .flatMap(s -> Stream.of(s.images(), s.labels()))
        .map(file -> new Path(file.location()).toString())
        .toList();
  }

  @Override
  public List<String> notes(JavaSparkContext spark, int partitions) {
    if (readsInPlace(spark, IdxSplit.byGrid(BlockGrid.of(rows(), partitions), groups, shards))) {
      return List.of();
    }
    List<String> gzip =
        shards.stream()
            .flatMap(s -> Stream.of(s.images(), s.labels()))
            .filter(IdxFile::gzip)
            .map(IdxFile::name)
            .toList();
    return List.of(
        ("gzip cannot be split: %s%s read by one task per pair of files;"
                + " raw files are read in parallel")
            .formatted(
                gzip.get(0),
                gzip.size() > 1 ? " and %d more are".formatted(gzip.size() - 1) : " is"));
  }

  @Override
  public JavaRDD<RowBlock> blocks(JavaSparkContext spark, int partitions, HeldBackRows heldBack) {
    BlockGrid grid = BlockGrid.of(rows(), partitions);
    List<IdxSplit> ofGrid = IdxSplit.byGrid(grid, groups, shards);
    boolean inPlace = readsInPlace(spark, ofGrid);
    List<IdxSplit> splits = inPlace ? ofGrid : IdxSplit.byShard(groups, shards);
    var configuration = spark.broadcast(new SerializableConfiguration(hadoop));
    JavaRDD<DenseRows> read =
        new IdxRdd(spark.sc(), splits, shape.features(), classes, configuration).toJavaRDD();
    JavaRDD<DenseRows> placed = inPlace ? read : place(read, grid);
    return DirectRdd.map(placed, new BlockBuilding(heldBack), RowBlock.class);
  }

  /** Whether each task reads the blocks of its own partition, or others' as well. */
  private boolean readsInPlace(JavaSparkContext spark, List<IdxSplit> ofGrid) {
    long skipped = ofGrid.stream().mapToLong(IdxSplit::skippedBytes).sum();
    return skipped <= mostSkippedBytes * spark.defaultParallelism();
  }

  /** Dense rows go through the shuffle, so that the costly building of blocks runs behind it. */
  private static JavaRDD<DenseRows> place(JavaRDD<DenseRows> read, BlockGrid grid) {
    return read.mapToPair(rows -> new Tuple2<>(rows.index(), rows))
        .repartitionAndSortWithinPartitions(new RunPartitioner(grid.blocks(), grid.partitions()))
        .values();
  }

  private static final class BlockBuilding extends AbstractFunction1<DenseRows, RowBlock>
      implements Serializable {

    private static final long serialVersionUID = 1L;

    private final HeldBackRows heldBack;

    BlockBuilding(HeldBackRows heldBack) {
      this.heldBack = heldBack;
    }

    @Override
    public RowBlock apply(DenseRows rows) {
      return rows.block(heldBack);
    }
  }
}
