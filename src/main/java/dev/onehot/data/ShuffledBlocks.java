package dev.onehot.data;

import dev.onehot.math.RowBlock;
import dev.onehot.spark.ContiguousPartitioner;
import dev.onehot.spark.DirectRdd;
import java.io.Serializable;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;
import scala.runtime.AbstractFunction1;

/** Builds blocks from rows that were read in other partitions than the grid wants. */
public final class ShuffledBlocks {

  private ShuffledBlocks() {}

  /**
   * Moves rows to the partitions of their blocks, and builds the blocks there. Building costs more
   * than reading, and there may be many more partitions than readers.
   *
   * @param read the rows of all blocks, in any partitions
   * @param heldBack the rows held back for validation
   */
  public static JavaRDD<RowBlock> of(
      JavaRDD<DenseRows> read, BlockGrid grid, HeldBackRows heldBack) {
    JavaRDD<DenseRows> moved =
        read.mapToPair(rows -> new Tuple2<>(rows.index(), rows))
            .repartitionAndSortWithinPartitions(
                new ContiguousPartitioner(grid.blocks(), grid.partitions()))
            .values();
    return DirectRdd.map(moved, new BlockBuilding(heldBack), RowBlock.class);
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
