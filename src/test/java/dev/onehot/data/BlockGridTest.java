package dev.onehot.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onehot.spark.ContiguousPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockGridTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 511, 512, 513, 1000, 5 * 512, 60_000})
  void everyBlockIsInExactlyThePartitionWhoseRunHoldsIt(long rows) {
    for (int partitions = 1; partitions <= 300; partitions++) {
      BlockGrid grid = BlockGrid.of(rows, partitions);
      assertThat(grid.firstBlock(0)).isZero();
      assertThat(grid.firstBlock(grid.partitions())).isEqualTo(grid.blocks());
      for (int p = 0; p < grid.partitions(); p++) {
        assertThat(grid.firstBlock(p + 1)).isGreaterThan(grid.firstBlock(p));
        for (long block = grid.firstBlock(p); block < grid.firstBlock(p + 1); block++) {
          assertThat(partitionOf(grid, block)).isEqualTo(p);
        }
      }
    }
  }

  @Test
  void thereAreNeverMorePartitionsThanBlocks() {
    assertThat(BlockGrid.of(513, 64).partitions()).isEqualTo(2);
    assertThat(BlockGrid.of(1, 64).partitions()).isEqualTo(1);
  }

  @Test
  void partitionsBeginAtBlocksAndTheLastEndsWithTheRows() {
    BlockGrid grid = BlockGrid.of(1112, 2);
    assertThat(grid.firstRow(0)).isZero();
    assertThat(grid.firstRow(1)).isEqualTo(512);
    assertThat(grid.firstRow(2)).isEqualTo(1112);
  }

  @Test
  void manyRowsAndPartitionsDoNotOverflow() {
    BlockGrid grid = BlockGrid.of(1L << 44, 1_000_000);
    long last = grid.blocks() - 1;
    assertThat(partitionOf(grid, last)).isEqualTo(999_999);
    assertThat(partitionOf(grid, grid.firstBlock(777_777))).isEqualTo(777_777);
    assertThat(partitionOf(grid, grid.firstBlock(777_777) - 1)).isEqualTo(777_776);
  }

  @Test
  void noPartitionsAreRefused() {
    assertThatThrownBy(() -> BlockGrid.of(10, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  /** Where the blocks go that are moved: to the partitions that the grid gives them. */
  private static int partitionOf(BlockGrid grid, long block) {
    return new ContiguousPartitioner(grid.blocks(), grid.partitions()).getPartition(block);
  }
}
