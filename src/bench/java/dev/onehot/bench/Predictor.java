package dev.onehot.bench;

import java.io.IOException;
import org.apache.spark.sql.SparkSession;

/** Scores rows on Spark and writes {@code row,label,probability} as CSV. */
enum Predictor {
  /** The job that the command {@code predict} runs. */
  ONEHOT {
    @Override
    void predict(SparkSession spark, String model, String rows, String out) throws IOException {
      new OnehotPrediction(spark, model, rows).write(out);
    }
  },

  /** {@code LogisticRegressionModel.transform}, on sparse vectors. */
  MLLIB_SPARSE {
    @Override
    void predict(SparkSession spark, String model, String rows, String out) throws IOException {
      new MllibPrediction(spark, model, rows, false).write(out);
    }
  },

  /** The same on dense vectors. */
  MLLIB_DENSE {
    @Override
    void predict(SparkSession spark, String model, String rows, String out) throws IOException {
      new MllibPrediction(spark, model, rows, true).write(out);
    }
  };

  /**
   * Scores all rows.
   *
   * @param model a directory of Onehot's, without a gate
   * @param rows a folder of IDX files
   * @param out a directory that is not there yet
   */
  abstract void predict(SparkSession spark, String model, String rows, String out)
      throws IOException;
}
