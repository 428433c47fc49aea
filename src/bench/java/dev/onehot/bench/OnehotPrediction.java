package dev.onehot.bench;

import dev.onehot.job.InputOptions;
import dev.onehot.job.PredictJob;
import dev.onehot.job.PredictionOptions;
import dev.onehot.report.Console;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** What the command {@code predict} does, from reading the model to the published directory. */
record OnehotPrediction(SparkSession spark, String model, String rows) {

  void write(String out) throws IOException {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    PredictionOptions options =
        PredictionOptions.of(new Path(model), new Path(out))
            .withInput(InputOptions.defaults().withInput(new Path(rows)));
    PredictJob.open(options, context.hadoopConfiguration(), new Console(System.err, false))
        .run(context);
  }
}
