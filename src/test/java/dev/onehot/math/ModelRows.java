package dev.onehot.math;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The training rows of random blocks as a model sees them, in float64, with their weights. */
final class ModelRows {

  /** F numbers each, as blocks hold them, with those lost that a block loses. */
  final List<double[]> rows = new ArrayList<>();

  final List<Double> weights = new ArrayList<>();

  ModelRows(RandomFloatBlocks blocks, FeatureValues values, float[] classWeights) {
    for (int r = 0; r < blocks.rows.size(); r++) {
      if (blocks.heldBack.get(r)) {
        continue;
      }
      double[] row = new double[blocks.features];
      for (int j = 0; j < row.length; j++) {
        double held = (float) Math.scalb((double) blocks.rows.get(r)[j], -values.exponent(j));
        row[j] = (held - values.shift(j)) * values.scale(j);
      }
      rows.add(row);
      float weight = blocks.weights == null ? 1 : blocks.weights.get(r);
      weights.add(
          (double) (classWeights == null ? weight : weight * classWeights[blocks.labels.get(r)]));
    }
  }

  /** The weighted mean of a figure of the rows. */
  double mean(ToDoubleFunction<double[]> figure) {
    double sum = 0;
    double weight = 0;
    for (int r = 0; r < rows.size(); r++) {
      sum += weights.get(r) * figure.applyAsDouble(rows.get(r));
      weight += weights.get(r);
    }
    return sum / weight;
  }
}
