package dev.onehot.api;

import dev.onehot.failure.InputException;
import dev.onehot.model.SoftmaxModel;
import java.util.Iterator;
import java.util.Locale;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/**
 * A {@link SoftmaxModel} in the terms of Spark's vectors and matrices. It is made of any model: one
 * that was just trained, or one that was loaded from a directory.
 *
 * <p>Vectors hold raw features, as in training; the model scales them. They are rounded to float32,
 * as in training. A dense and a sparse vector of the same numbers have the same prediction.
 */
public final class VectorModel {

  private final SoftmaxModel model;

  public VectorModel(SoftmaxModel model) {
    this.model = model;
  }

  /** The model itself, which needs no Spark. Its {@code save} writes a directory of files. */
  public SoftmaxModel model() {
    return model;
  }

  /**
   * W1, F × C in float64, the same numbers as in {@code W1.npy}: those for scaled features; a copy.
   */
  public DenseMatrix weights() {
    int features = model.features();
    int classes = model.classes();
    double[] rows = model.weights();
    double[] columns = new double[rows.length];
    for (int j = 0; j < features; j++) {
      for (int c = 0; c < classes; c++) {
        columns[c * features + j] = rows[j * classes + c];
      }
    }
    return new DenseMatrix(features, classes, columns);
  }

  /** b1, C numbers, or null if the model has no bias; a copy. */
  public Vector bias() {
    return model.hasBias() ? Vectors.dense(model.bias()) : null;
  }

  /**
   * Scores a row.
   *
   * @param features F raw features
   * @throws InputException if there are more or fewer features, or one is infinite, beyond float32,
   *     or NaN; but a model that was trained with means for missing values takes NaN as missing
   */
  public Prediction score(Vector features) {
    return new VectorScorer(model).score(features, () -> "the vector");
  }

  /**
   * Scores all rows, in their order and in their partitions, when an action needs them. The model
   * goes to each executor once.
   *
   * <p>If a vector doesn't fit, as for {@link #score(Vector)}, the action fails. Then {@link
   * dev.onehot.job.SparkFailure#find} finds the {@link InputException} in Spark's failure; it names
   * the partition and the row in it, from 1.
   *
   * @param rows each of F raw features
   */
  public JavaRDD<Prediction> score(JavaRDD<Vector> rows) {
    Broadcast<SoftmaxModel> shared =
        JavaSparkContext.fromSparkContext(rows.context()).broadcast(model);
    String description = rows.name() == null ? "the RDD" : "the RDD " + rows.name();
    return rows.mapPartitionsWithIndex(new Scoring(shared, description), true);
  }

  /** Scores the rows of a partition. */
  private static final class Scoring
      implements Function2<Integer, Iterator<Vector>, Iterator<Prediction>> {

    private static final long serialVersionUID = 1L;

    private final Broadcast<SoftmaxModel> model;
    private final String description;

    Scoring(Broadcast<SoftmaxModel> model, String description) {
      this.model = model;
      this.description = description;
    }

    @Override
    public Iterator<Prediction> call(Integer partition, Iterator<Vector> rows) {
      VectorScorer scorer = new VectorScorer(model.value());
      return new Iterator<>() {

        private long row;

        @Override
        public boolean hasNext() {
          return rows.hasNext();
        }

        @Override
        public Prediction next() {
          row++;
          return scorer.score(rows.next(), this::name);
        }

        private String name() {
          return String.format(
              Locale.ROOT, "%s: row %,d of partition %d", description, row, partition);
        }
      };
    }
  }
}
