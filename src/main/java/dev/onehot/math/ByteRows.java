package dev.onehot.math;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;

/** Rows whose features are unsigned bytes. */
public final class ByteRows extends RowValues {

  private static final long serialVersionUID = 1L;

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final int features;
  private final byte[] values;

  /**
   * @param features F
   * @param values n × F unsigned bytes, row after row; not copied
   */
  public ByteRows(int features, byte[] values) {
    if (features < 1 || values.length % features != 0) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%d bytes are no whole rows of %d", values.length, features));
    }
    this.features = features;
    this.values = values;
  }

  /** n × F unsigned bytes; not a copy. */
  public byte[] values() {
    return values;
  }

  @Override
  public int rows() {
    return values.length / features;
  }

  @Override
  public int features() {
    return features;
  }

  @Override
  public int mostNonZeros(int row) {
    return features;
  }

  @Override
  public int copyNonZeros(int row, int[] columns, float[] into) {
    int from = row * features;
    int count = 0;
    int j = 0;
    for (; j <= features - Long.BYTES; j += Long.BYTES) {
      if ((long) EIGHT_BYTES.get(values, from + j) != 0) {
        for (int k = j; k < j + Long.BYTES; k++) {
          // No branch, as no processor guesses which pixels are inked.
          int value = Byte.toUnsignedInt(values[from + k]);
          columns[count] = k;
          into[count] = value;
          count += -value >>> 31;
        }
      }
    }
    for (; j < features; j++) {
      int value = Byte.toUnsignedInt(values[from + j]);
      columns[count] = j;
      into[count] = value;
      count += -value >>> 31;
    }
    return count;
  }

  @Override
  public void copyRow(int row, float[] into) {
    int from = row * features;
    for (int j = 0; j < features; j++) {
      into[j] = Byte.toUnsignedInt(values[from + j]);
    }
  }

  @Override
  public void copyBytes(int row, byte[] into, int at) {
    System.arraycopy(values, row * features, into, at, features);
  }

  @Override
  public ByteRows withFeatures(int count) {
    requireAtMost(count);
    if (count == features) {
      return this;
    }
    byte[] wider = new byte[rows() * count];
    for (int r = 0; r < rows(); r++) {
      copyBytes(r, wider, r * count);
    }
    return new ByteRows(count, wider);
  }

  @Override
  public ByteRows withMissing(double[] means) {
    return this;
  }

  @Override
  public ByteRows slice(int from, int to) {
    return new ByteRows(features, Arrays.copyOfRange(values, from * features, to * features));
  }
}
