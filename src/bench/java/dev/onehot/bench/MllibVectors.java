package dev.onehot.bench;

import dev.onehot.data.vectors.LabelledVector;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * MLlib's {@code LogisticRegression} with its defaults, so with intercepts and standardized
 * features, but for the family, no tolerance and the number of iterations. Its rows are cached.
 */
final class MllibVectors implements VectorTraining {

  private static final StructType COLUMNS =
      new StructType()
          .add("label", DataTypes.DoubleType)
          .add("features", SQLDataTypes.VectorType());

  private final MllibListener listener;
  private final Dataset<Row> training;
  private final Dataset<Row> test;
  private final long testRows;
  private int known;

  MllibVectors(SparkSession spark, JavaRDD<LabelledVector> training, JavaRDD<LabelledVector> test) {
    listener = new MllibListener(spark.sparkContext());
    spark.sparkContext().addSparkListener(listener);
    this.training = rows(spark, training);
    this.test = rows(spark, test);
    this.training.count();
    testRows = this.test.count();
  }

  private static Dataset<Row> rows(SparkSession spark, JavaRDD<LabelledVector> rows) {
    return spark
        .createDataFrame(
            rows.map(row -> RowFactory.create(Double.valueOf(row.label()), row.features())),
            COLUMNS)
        .cache();
  }

  @Override
  public Run fit(int iterations) {
    LogisticRegression regression =
        new LogisticRegression().setFamily("multinomial").setTol(0).setMaxIter(iterations);
    if (known == 0) {
      // Of this fit the listener looks at what is cached.
      measured(new LogisticRegression().setFamily("multinomial").setMaxIter(1));
      listener.startRecording();
    }
    long start = System.nanoTime();
    LogisticRegressionModel model = measured(regression);
    double seconds = (System.nanoTime() - start) / 1e9;
    double accuracy =
        (double) model.transform(test).filter("prediction = label").count() / testRows;
    // The listener hears of jobs after the fact, and of this one after those of the fit.
    List<Double> all = listener.iterationMilliseconds();
    List<Double> ofFit = List.copyOf(all.subList(known, all.size()));
    known = all.size();
    return new Run(seconds, accuracy, ofFit);
  }

  private LogisticRegressionModel measured(LogisticRegression regression) {
    listener.fitBegins();
    try {
      return regression.fit(training);
    } finally {
      listener.fitEnds();
    }
  }

  @Override
  public long cachedBytes() {
    return listener.cachedBytes();
  }
}
