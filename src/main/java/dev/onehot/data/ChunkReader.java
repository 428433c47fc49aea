package dev.onehot.data;

import dev.onehot.math.ByteRows;
import dev.onehot.math.RowBlock;
import dev.onehot.spark.TaskRows;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Gives a run of rows in the order of the input, chunk by chunk. */
public final class ChunkReader implements Iterator<RowChunk> {

  private final long end;
  private final int features;
  private final boolean labelled;
  private final RowReader rows;
  private long position;

  /**
   * @param first the position of the run's first row
   * @param end the position after the run's last row
   * @param features F
   * @param labelled whether rows have labels
   * @param rows reads the rows, starting with the first
   */
  public ChunkReader(long first, long end, int features, boolean labelled, RowReader rows) {
    this.position = first;
    this.end = end;
    this.features = features;
    this.labelled = labelled;
    this.rows = rows;
  }

  @Override
  public boolean hasNext() {
    return position < end;
  }

  /**
   * @throws dev.onehot.failure.InputException if the input that holds the rows is broken
   */
  @Override
  public RowChunk next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int count = (int) Math.min(RowBlock.ROWS, end - position);
    int[] labels = labelled ? new int[count] : null;
    byte[] values = new byte[count * features];
    rows.read(position, count, values, labels);
    RowChunk chunk = new RowChunk(position, labels, null, new ByteRows(features, values));
    position += count;
    TaskRows.add(count);
    return chunk;
  }
}
