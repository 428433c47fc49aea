package dev.onehot.data;

import dev.onehot.failure.InputException;
import dev.onehot.math.RowBlock;
import dev.onehot.spark.TaskRows;
import java.util.Iterator;
import java.util.Locale;
import java.util.NoSuchElementException;

/**
 * Gives a run of blocks one after another. Keeps the group of the last block in memory.
 *
 * @param <T> the form in which a block is given
 */
public final class BlockReader<T> implements Iterator<T> {

  private final BlockGroups groups;
  private final long endBlock;
  private final int features;
  private final RowReader rows;
  private final BlockForm<T> form;
  private long block;
  private long current = -1;
  private DenseGroup group;

  /**
   * @param groups all groups of the input
   * @param firstBlock the run's first block
   * @param endBlock the block after the run's last
   * @param features F
   * @param rows reads the rows of one group after another, starting with the first block's group
   * @param form the form in which a block is given
   */
  public BlockReader(
      BlockGroups groups,
      long firstBlock,
      long endBlock,
      int features,
      RowReader rows,
      BlockForm<T> form) {
    this.groups = groups;
    this.block = firstBlock;
    this.endBlock = endBlock;
    this.features = features;
    this.rows = rows;
    this.form = form;
  }

  @Override
  public boolean hasNext() {
    return block < endBlock;
  }

  /**
   * @throws dev.onehot.failure.InputException if the input that holds the block's rows is broken
   */
  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    long wanted = groups.groupOf(block);
    if (wanted != current) {
      // Two groups at once would need twice the memory.
      group = null;
      group = read(wanted);
      current = wanted;
    }
    T next = form.of(group, block);
    TaskRows.add(Math.min(RowBlock.ROWS, groups.rows() - block * RowBlock.ROWS));
    block++;
    return next;
  }

  private DenseGroup read(long group) {
    long first = groups.firstRow(group);
    int count = (int) (groups.firstRow(group + 1) - first);
    int[] labels = new int[count];
    byte[] values = new byte[count * features];
    rows.read(first, count, values, labels);
    for (int r = 0; r < count; r++) {
      if (labels[r] < 0 || labels[r] > Character.MAX_VALUE) {
        throw new InputException(
            String.format(
                Locale.ROOT,
                "row %d has the label %d; labels are 0 to %d",
                first + r,
                labels[r],
                (int) Character.MAX_VALUE));
      }
    }
    return new DenseGroup(groups.firstBlock(group), first, labels, values, features);
  }
}
