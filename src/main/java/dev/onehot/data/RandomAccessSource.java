package dev.onehot.data;

import dev.onehot.math.ByteBlock;
import dev.onehot.math.FeatureValues;
import dev.onehot.math.RowBlock;
import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A source that can read any run of its rows directly, such as rows that are computed. An
 * implementation gives the numbers of rows and features, a description, and {@link #read}. Both
 * views follow from these.
 *
 * <p>Spark sends the source to every task, so it should be small. Tasks call {@link #read} from
 * several threads.
 */
public interface RandomAccessSource extends RowSource, RowReader, Serializable {

  /** Unsigned bytes, scaled to 0 … 1. */
  @Override
  default FeatureValues values() {
    return ByteBlock.VALUES;
  }

  /** True by default. */
  @Override
  default boolean labelled() {
    return true;
  }

  /** Empty by default. */
  @Override
  default List<String> files() {
    return List.of();
  }

  @Override
  default JavaRDD<RowBlock> blocks(
      JavaSparkContext spark, int partitions, HeldBackRows heldBack, Consumer<String> notes) {
    requireLabels();
    BlockGrid grid = BlockGrid.of(rows(), partitions);
    BlockGroups groups = BlockGroups.of(rows(), features());
    BlockForm<RowBlock> built = new BlockForm.Built(heldBack);
    return runs(spark, grid)
        .flatMap(
            run ->
                new BlockReader<>(
                    groups,
                    grid.firstBlock(run),
                    grid.firstBlock(run + 1),
                    features(),
                    this,
                    built));
  }

  @Override
  default JavaRDD<RowChunk> rowsInOrder(JavaSparkContext spark, int partitions) {
    BlockGrid grid = BlockGrid.of(rows(), partitions);
    return runs(spark, grid)
        .flatMap(
            run ->
                new ChunkReader(
                    grid.firstRow(run), grid.firstRow(run + 1), features(), labelled(), this));
  }

  private static JavaRDD<Integer> runs(JavaSparkContext spark, BlockGrid grid) {
    List<Integer> runs = IntStream.range(0, grid.partitions()).boxed().toList();
    return spark.parallelize(runs, grid.partitions());
  }
}
