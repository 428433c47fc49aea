package dev.onehot.data;

import dev.onehot.math.RowBlock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.apache.spark.Dependency;
import org.apache.spark.InterruptibleIterator;
import org.apache.spark.NarrowDependency;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/**
 * The blocks of the global grid, built from pieces. A partition takes the pieces that its rows are
 * in from Spark's cache, on whatever machine they are, and whole groups of blocks.
 */
final class PieceBlocksRdd extends RDD<RowBlock> {

  private static final long serialVersionUID = 1L;

  private final RDD<PlacedPiece> pieces;
  private final transient long[] firstRows;
  private final BlockGrid grid;
  private final BlockGroups groups;
  private final PieceForm form;
  private final HeldBackRows heldBack;

  /**
   * @param firstRows for each partition of the pieces the position of its first row, and behind it
   *     the number of all rows
   */
  PieceBlocksRdd(
      JavaRDD<PlacedPiece> pieces,
      long[] firstRows,
      BlockGrid grid,
      BlockGroups groups,
      PieceForm form,
      HeldBackRows heldBack) {
    super(
        pieces.context(),
        CollectionConverters.asScala(
                List.<Dependency<?>>of(new Overlap(pieces.rdd(), firstRows, grid, groups)))
            .toList(),
        ClassTag$.MODULE$.apply(RowBlock.class));
    this.pieces = pieces.rdd();
    this.firstRows = firstRows;
    this.grid = grid;
    this.groups = groups;
    this.form = form;
    this.heldBack = heldBack;
  }

  /** Which partitions of the pieces a partition of the grid needs. */
  private static final class Overlap extends NarrowDependency<PlacedPiece> {

    private static final long serialVersionUID = 1L;

    private final long[] firstRows;
    private final BlockGrid grid;
    private final BlockGroups groups;

    Overlap(RDD<PlacedPiece> pieces, long[] firstRows, BlockGrid grid, BlockGroups groups) {
      super(pieces);
      this.firstRows = firstRows;
      this.grid = grid;
      this.groups = groups;
    }

    @Override
    public Seq<Object> getParents(int partition) {
      List<Object> parents = new ArrayList<>(overlapping(partition, firstRows, grid, groups));
      return CollectionConverters.asScala(parents).toList();
    }
  }

  private static List<Integer> overlapping(
      int partition, long[] firstRows, BlockGrid grid, BlockGroups groups) {
    long from = groups.firstRow(groups.groupOf(grid.firstBlock(partition)));
    long to = groups.firstRow(groups.groupOf(grid.firstBlock(partition + 1) - 1) + 1);
    List<Integer> parents = new ArrayList<>();
    for (int p = 0; p + 1 < firstRows.length; p++) {
      if (firstRows[p] < to && firstRows[p + 1] > from) {
        parents.add(p);
      }
    }
    return parents;
  }

  /**
   * A partition of the grid.
   *
   * @param runs the partitions of pieces that it needs. A task cannot ask their RDD for them, which
   *     leaves them on the driver
   * @param firstRows for each of them the position of its first row
   */
  private record Part(int index, Partition[] runs, long[] firstRows) implements Partition {

    private static final long serialVersionUID = 1L;

    @Override
    public boolean equals(Object other) {
      return other instanceof Part that && index == that.index;
    }

    @Override
    public int hashCode() {
      return index;
    }
  }

  @Override
  public Partition[] getPartitions() {
    Partition[] all = pieces.partitions();
    Partition[] parts = new Partition[grid.partitions()];
    for (int p = 0; p < parts.length; p++) {
      List<Integer> runs = overlapping(p, firstRows, grid, groups);
      parts[p] =
          new Part(
              p,
              runs.stream().map(run -> all[run]).toArray(Partition[]::new),
              runs.stream().mapToLong(run -> firstRows[run]).toArray());
    }
    return parts;
  }

  @Override
  public scala.collection.Iterator<RowBlock> compute(Partition partition, TaskContext task) {
    Iterator<RowBlock> blocks = new Blocks((Part) partition, task);
    return new InterruptibleIterator<>(task, CollectionConverters.asScala(blocks));
  }

  private final class Blocks implements Iterator<RowBlock> {

    private final PieceRows rows;
    private final long end;
    private long block;
    private long current = -1;
    private PieceGroup group;

    Blocks(Part part, TaskContext task) {
      block = grid.firstBlock(part.index());
      end = grid.firstBlock(part.index() + 1);
      rows =
          new PieceRows(
              IntStream.range(0, part.runs().length)
                  .mapToObj(
                      r ->
                          new PieceRows.Run(
                              part.firstRows()[r],
                              () ->
                                  CollectionConverters.asJava(
                                      pieces.iterator(part.runs()[r], task))))
                  .iterator(),
              form);
    }

    @Override
    public boolean hasNext() {
      return block < end;
    }

    @Override
    public RowBlock next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      long wanted = groups.groupOf(block);
      if (wanted != current) {
        // Two groups at once would need twice the memory.
        group = null;
        group =
            rows.group(
                groups.firstBlock(wanted), groups.firstRow(wanted), groups.firstRow(wanted + 1));
        current = wanted;
      }
      return group.block(block++, heldBack);
    }
  }
}
