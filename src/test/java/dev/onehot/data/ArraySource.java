package dev.onehot.data;

/**
 * Rows in memory.
 *
 * @param bytes rows × features unsigned bytes
 * @param labels of the rows
 */
public record ArraySource(int features, byte[] bytes, int[] labels) implements RandomAccessSource {

  @Override
  public long rows() {
    return bytes.length / features;
  }

  @Override
  public String description() {
    return "rows in memory";
  }

  @Override
  public void read(long position, int rows, byte[] values, int[] labelsOfRows) {
    System.arraycopy(bytes, (int) position * features, values, 0, rows * features);
    System.arraycopy(labels, (int) position, labelsOfRows, 0, rows);
  }
}
