package dev.onehot.data.digits;

import dev.onehot.data.BlockGrid;
import dev.onehot.data.BlockGroups;
import dev.onehot.data.DenseGroup;
import dev.onehot.data.GroupedBlocks;
import dev.onehot.data.HeldBackRows;
import dev.onehot.data.ImageShape;
import dev.onehot.data.RowSource;
import dev.onehot.math.FeatureValues;
import dev.onehot.math.RowBlock;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Rows of generated digits, rendered where they are needed.
 *
 * @param seed which endless data set
 * @param firstRow the first row taken from it
 * @param rows how many
 */
public record GeneratedSource(long seed, long firstRow, long rows)
    implements RowSource, Serializable {

  /** The seed of the digits that training falls back on. */
  public static final long BUILT_IN_SEED = 1024;

  /** How many rows training falls back on, as many as MNIST has. */
  public static final long BUILT_IN_TRAINING_ROWS = 60_000;

  /** How many rows behind those are to test on, as many as MNIST has. */
  public static final long BUILT_IN_TEST_ROWS = 10_000;

  /** The size of every image. */
  static final ImageShape SHAPE = new ImageShape(GeneratedDigits.SIDE, GeneratedDigits.SIDE);

  public GeneratedSource {
    if (firstRow < 0 || rows < 1) {
      throw new IllegalArgumentException("rows %d + %d".formatted(firstRow, rows));
    }
  }

  /** As many rows as MNIST has to train on, or the first of them. */
  public static GeneratedSource builtInTraining(long maxRows) {
    return new GeneratedSource(BUILT_IN_SEED, 0, Math.min(maxRows, BUILT_IN_TRAINING_ROWS));
  }

  /** As many rows as MNIST has to test on; none of them is trained on. */
  public static GeneratedSource builtInTest() {
    return new GeneratedSource(BUILT_IN_SEED, BUILT_IN_TRAINING_ROWS, BUILT_IN_TEST_ROWS);
  }

  @Override
  public FeatureValues values() {
    return RowBlock.VALUES;
  }

  @Override
  public ImageShape shape() {
    return SHAPE;
  }

  @Override
  public String description() {
    return "built-in generated digits";
  }

  @Override
  public List<String> files() {
    return List.of();
  }

  @Override
  public JavaRDD<RowBlock> blocks(JavaSparkContext spark, int partitions, HeldBackRows heldBack) {
    BlockGrid grid = BlockGrid.of(rows, partitions);
    List<Integer> runs = IntStream.range(0, grid.partitions()).boxed().toList();
    return spark.parallelize(runs, grid.partitions()).flatMap(run -> render(grid, run, heldBack));
  }

  private Iterator<RowBlock> render(BlockGrid grid, int run, HeldBackRows heldBack) {
    BlockGroups groups = BlockGroups.of(rows, shape().features());
    GroupedBlocks blocks = new GroupedBlocks(groups, group -> render(groups, group));
    return LongStream.range(grid.firstBlock(run), grid.firstBlock(run + 1))
        .mapToObj(block -> blocks.rowsOf(block).block(heldBack))
        .iterator();
  }

  private DenseGroup render(BlockGroups groups, long group) {
    GeneratedDigits digits = new GeneratedDigits(seed);
    long first = groups.firstRow(group);
    int features = shape().features();
    byte[] labels = new byte[(int) (groups.firstRow(group + 1) - first)];
    byte[] pixels = new byte[labels.length * features];
    for (int r = 0; r < labels.length; r++) {
      labels[r] = (byte) digits.render(firstRow + first + r, pixels, r * features);
    }
    return new DenseGroup(groups, group, labels, pixels);
  }
}
