package dev.onehot.data;

import java.util.function.LongFunction;

/** Gives blocks one after another, and keeps the group that the last one came from. */
public final class GroupedBlocks {

  private final BlockGroups groups;
  private final LongFunction<DenseGroup> read;
  private long current = -1;
  private DenseGroup group;

  /**
   * @param read gives the rows of a group
   */
  public GroupedBlocks(BlockGroups groups, LongFunction<DenseGroup> read) {
    this.groups = groups;
    this.read = read;
  }

  public DenseRows rowsOf(long block) {
    long wanted = groups.groupOf(block);
    if (wanted != current) {
      // Two groups at a time would take twice the memory.
      group = null;
      group = read.apply(wanted);
      current = wanted;
    }
    return group.rowsOf(block);
  }
}
