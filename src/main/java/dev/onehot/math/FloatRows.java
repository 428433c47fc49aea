package dev.onehot.math;

import java.util.Arrays;
import java.util.Locale;

/** Rows of which all features are held as float32. */
public final class FloatRows extends RowValues {

  private static final long serialVersionUID = 1L;

  private final int features;
  private final float[] values;

  /**
   * @param features F
   * @param values n × F numbers, row after row; not copied
   */
  public FloatRows(int features, float[] values) {
    if (features < 1 || values.length % features != 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d numbers are no whole rows of %d", values.length, features));
    }
    this.features = features;
    this.values = values;
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
    for (int j = 0; j < features; j++) {
      float value = values[from + j];
      if (value != 0) {
        columns[count] = j;
        into[count++] = value;
      }
    }
    return count;
  }

  @Override
  public void copyRow(int row, float[] into) {
    System.arraycopy(values, row * features, into, 0, features);
  }

  @Override
  public void copyBytes(int row, byte[] into, int at) {
    int from = row * features;
    for (int j = 0; j < features; j++) {
      into[at + j] = toByte(values[from + j]);
    }
  }

  @Override
  public FloatRows withFeatures(int count) {
    requireAtMost(count);
    if (count == features) {
      return this;
    }
    float[] wider = new float[rows() * count];
    for (int r = 0; r < rows(); r++) {
      System.arraycopy(values, r * features, wider, r * count, features);
    }
    return new FloatRows(count, wider);
  }

  @Override
  public FloatRows withMissing(double[] means) {
    for (int i = 0; i < values.length; i++) {
      if (Float.isNaN(values[i])) {
        values[i] = (float) means[i % features];
      }
    }
    return this;
  }

  @Override
  public FloatRows slice(int from, int to) {
    return new FloatRows(features, Arrays.copyOfRange(values, from * features, to * features));
  }
}
