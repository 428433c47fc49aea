package dev.onehot.data;

/**
 * Rows in memory.
 *
 * @param bytes rows × features unsigned bytes
 * @param labels of the rows; null if they have none
 */
public record ArraySource(int features, byte[] bytes, int[] labels) implements RandomAccessSource {

  @Override
  public long rows() {
    return bytes.length / features;
  }

  @Override
  public boolean labelled() {
    return labels != null;
  }

  @Override
  public String description() {
    return "rows in memory";
  }

  @Override
  public void read(long position, int rows, byte[] values, int[] labelsOfRows) {
    System.arraycopy(bytes, (int) position * features, values, 0, rows * features);
    if (labelled()) {
      System.arraycopy(labels, (int) position, labelsOfRows, 0, rows);
    }
  }
}
