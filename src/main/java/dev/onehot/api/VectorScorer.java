package dev.onehot.api;

import dev.onehot.data.vectors.VectorEntries;
import dev.onehot.failure.InputException;
import dev.onehot.model.RowScorer;
import dev.onehot.model.SoftmaxModel;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.spark.ml.linalg.Vector;

/** Scores one vector after another. Only one thread at a time may use it. */
final class VectorScorer {

  private final List<String> classNames;
  private final int features;
  private final boolean fillsMissing;
  private final RowScorer scorer;
  private int[] columns = {};
  private float[] values = {};
  private int count;

  VectorScorer(SoftmaxModel model) {
    classNames = model.classNames();
    features = model.features();
    fillsMissing = model.missingMeans() != null;
    scorer = model.scorer();
  }

  /**
   * Scores a vector.
   *
   * @param row names it in messages
   * @throws InputException if it isn't a row for the model
   */
  Prediction score(Vector vector, Supplier<String> row) {
    if (vector.size() != features) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: found %,d features, but the model takes %,d; use rows and a model that fit",
              row.get(),
              vector.size(),
              features));
    }
    count = 0;
    int most = vector.numActives();
    if (columns.length < most) {
      columns = new int[most];
      values = new float[most];
    }
    int refused = VectorEntries.forEach(vector, this::add);
    if (refused >= 0) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s, index %d: found %s, expected %s",
              row.get(),
              refused,
              vector.apply(refused),
              VectorEntries.EXPECTED));
    }
    scorer.score(columns, values, count);
    double[] probabilities = new double[classNames.size()];
    for (int c = 0; c < probabilities.length; c++) {
      probabilities[c] = scorer.probability(c);
    }
    int label = scorer.label();
    if (!(probabilities[label] > 0)) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: has no probabilities, as the model's numbers for it are too large or none; use another model",
              row.get()));
    }
    return new Prediction(label, classNames.get(label), probabilities);
  }

  private boolean add(int column, double value) {
    float rounded = (float) value;
    if (rounded != 0) {
      columns[count] = column;
      values[count++] = rounded;
    }
    return Math.abs(rounded) <= Float.MAX_VALUE || fillsMissing && Double.isNaN(value);
  }
}
