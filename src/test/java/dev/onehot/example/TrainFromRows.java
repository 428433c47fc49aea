package dev.onehot.example;

import dev.onehot.data.RandomAccessSource;
import dev.onehot.job.DataOptions;
import dev.onehot.job.PublishedModel;
import dev.onehot.job.Sources;
import dev.onehot.job.TrainingJob;
import dev.onehot.job.TrainingJobOptions;
import dev.onehot.report.Console;
import dev.onehot.train.TrainingOptions;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Trains on rows of one's own and saves the model; the directory for it is the argument. */
public final class TrainFromRows {

  /** Row r has a bright feature, number r mod 3, which is its class. */
  private record Lights(long rows, int features) implements RandomAccessSource {

    @Override
    public String description() {
      return "lights";
    }

    @Override
    public void read(long firstRow, int count, byte[] values, int[] labels) {
      for (int r = 0; r < count; r++) {
        labels[r] = (int) ((firstRow + r) % 3);
        values[r * features + labels[r]] = (byte) 200;
      }
    }
  }

  public static void main(String[] args) throws Exception {
    try (var spark = new JavaSparkContext(new SparkConf().setAppName("lights"))) {
      var rows = new Lights(3000, 8);
      var training = TrainingOptions.defaults(rows.features()).withIterations(10);
      var options =
          TrainingJobOptions.defaults(rows.features())
              .withData(DataOptions.defaults().withClasses(3))
              .withTraining(training)
              .withOut(new Path(args[0]));
      var job =
          new TrainingJob(spark, new Sources(rows, null), options, new Console(System.err, false));
      PublishedModel model = job.run();
      System.out.println(model.verdict().figures().trainAccuracy());
    }
  }
}
