package dev.onehot.bench;

import dev.onehot.math.SplitMix64;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/**
 * Dense rows like measurements: features depend on each other by ten causes, and have units and
 * zeros of their own. A planted linear model of the features, standardized, says the class.
 */
final class MeasurementRows implements VectorRows {

  private static final long serialVersionUID = 1L;

  private static final long ROWS_SEED = 11;
  private static final long NOISE_SEED = 12;
  private static final long MODEL_SEED = 13;

  private static final int CAUSES = 10;
  private static final double OF_CAUSES = 0.3;
  private static final double LOGIT_SCALE = 0.3;

  private final int features;
  private final int classes;
  private final double[] causes;
  private final double[] units;
  private final double[] zeros;
  private final double[] model;

  MeasurementRows(int features, int classes) {
    this.features = features;
    this.classes = classes;
    SplitMix64 random = new SplitMix64();
    random.start(MODEL_SEED, 0);
    causes = bells(random, features * CAUSES, OF_CAUSES);
    units = bells(random, features, 1.5);
    for (int j = 0; j < features; j++) {
      units[j] = StrictMath.exp(units[j]);
    }
    zeros = bells(random, features, 3);
    model = bells(random, features * classes, LOGIT_SCALE);
  }

  private static double[] bells(SplitMix64 random, int count, double scale) {
    double[] all = new double[count];
    for (int i = 0; i < count; i++) {
      all[i] = scale * random.bell();
    }
    return all;
  }

  @Override
  public int features() {
    return features;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public Vector features(long row) {
    SplitMix64 random = new SplitMix64();
    random.start(ROWS_SEED, row);
    double[] cause = bells(random, CAUSES, 1);
    double[] values = new double[features];
    for (int j = 0; j < features; j++) {
      double value = random.bell();
      for (int k = 0; k < CAUSES; k++) {
        value += causes[j * CAUSES + k] * cause[k];
      }
      values[j] = (float) (units[j] * value + zeros[j]);
    }
    return Vectors.dense(values);
  }

  @Override
  public int label(long row, Vector vector) {
    double[] logits = new double[classes];
    for (int j = 0; j < features; j++) {
      double standardized = (vector.apply(j) - zeros[j]) / units[j];
      for (int c = 0; c < classes; c++) {
        logits[c] += standardized * model[j * classes + c];
      }
    }
    return Noise.mostLikely(logits, NOISE_SEED, row);
  }

  @Override
  public String toString() {
    return "measurements";
  }
}
