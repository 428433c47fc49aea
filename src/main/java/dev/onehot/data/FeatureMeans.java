package dev.onehot.data;

import dev.onehot.math.FeatureValues;
import dev.onehot.math.RowValues;
import dev.onehot.spark.Aggregator;
import dev.onehot.spark.DirectRdd;
import dev.onehot.spark.TreeDepth;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;

/**
 * The means of the features over all rows in which they aren't missing. Values are rounded to whole
 * multiples of {@code 2^(exponent − 40)} and summed as integers, so that the means have the same
 * bits in any order of the rows.
 */
final class FeatureMeans implements Aggregator<PlacedPiece, FeatureMeans> {

  private static final long serialVersionUID = 1L;

  /** A value of magnitude 1 is 2 to this power; above it sums carry into a second number. */
  private static final int FRACTION_BITS = 40;

  private final FeatureValues values;
  private final int features;
  private long rows;

  /** For each feature the sum over rows in units of {@code 2^-FRACTION_BITS}, high and low part. */
  private long[] low;

  private long[] high;
  private long[] missing;
  private transient int[] columns;
  private transient float[] row;

  private FeatureMeans(FeatureValues values, int features) {
    this.values = values;
    this.features = features;
  }

  static FeatureMeans of(JavaRDD<PlacedPiece> pieces, FeatureValues values, int features) {
    DirectRdd<PlacedPiece, PlacedPiece> read = DirectRdd.of(pieces);
    int depth = TreeDepth.of(pieces.getNumPartitions(), 3L * Long.BYTES * features);
    return read.treeAggregate(new FeatureMeans(values, features), depth);
  }

  private void allocate() {
    if (low == null) {
      low = new long[features];
      high = new long[features];
      missing = new long[features];
    }
  }

  @Override
  public FeatureMeans add(PlacedPiece placed) {
    allocate();
    RowValues all = placed.piece().values();
    rows += placed.piece().rows();
    for (int r = 0; r < placed.piece().rows(); r++) {
      int most = all.mostNonZeros(r);
      if (columns == null || columns.length < most) {
        columns = new int[most];
        row = new float[most];
      }
      int count = all.copyNonZeros(r, columns, row);
      for (int k = 0; k < count; k++) {
        int j = columns[k];
        if (Float.isNaN(row[k])) {
          missing[j]++;
        } else {
          add(j, Math.round(Math.scalb((double) row[k], FRACTION_BITS - exponent(j))), 0);
        }
      }
    }
    return this;
  }

  /** Blocks of bytes have no exponents; 8 bits hold a byte. */
  private int exponent(int feature) {
    return values.areRaw() ? Byte.SIZE : values.exponent(feature);
  }

  private void add(int feature, long lowPart, long highPart) {
    long sum = low[feature] + lowPart;
    high[feature] += highPart + (sum >> FRACTION_BITS);
    low[feature] = sum & (1L << FRACTION_BITS) - 1;
  }

  @Override
  public FeatureMeans merge(FeatureMeans other) {
    if (other.low == null) {
      return this;
    }
    allocate();
    rows += other.rows;
    for (int j = 0; j < features; j++) {
      add(j, other.low[j], other.high[j]);
      missing[j] += other.missing[j];
    }
    return this;
  }

  /** The features, counted from 0, that are missing in all rows. */
  int[] absent() {
    allocate();
    return IntStream.range(0, features).filter(j -> missing[j] == rows).toArray();
  }

  /** F means; 0 for a feature that is missing in all rows. */
  double[] means() {
    allocate();
    double[] means = new double[features];
    for (int j = 0; j < features; j++) {
      long there = rows - missing[j];
      double sum = high[j] + Math.scalb((double) low[j], -FRACTION_BITS);
      means[j] = there == 0 ? 0 : Math.scalb(sum / there, exponent(j));
    }
    return means;
  }
}
