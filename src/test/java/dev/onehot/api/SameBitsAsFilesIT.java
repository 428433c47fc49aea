package dev.onehot.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.data.FormatOptions;
import dev.onehot.data.KnownRows;
import dev.onehot.data.MissingValues;
import dev.onehot.data.vectors.LabelledVector;
import dev.onehot.job.DataOptions;
import dev.onehot.job.ModelTraining;
import dev.onehot.job.Sources;
import dev.onehot.job.TrainingData;
import dev.onehot.job.TrainingJobOptions;
import dev.onehot.report.Console;
import dev.onehot.report.Warnings;
import dev.onehot.train.TrainingOptions;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real numbers with weights give the same bits as vectors and in a file. */
class SameBitsAsFilesIT {

  private static final int ROWS = 1300;
  private static final int ITERATIONS = 4;
  private static final String[] KINDS = {"setosa", "versicolor", "virginica"};

  private static JavaSparkContext spark;

  @TempDir private Path folder;

  @BeforeAll
  static void startSpark() {
    spark = new JavaSparkContext(new SparkConf().setAppName("SameBitsAsFilesIT"));
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  @Test
  void vectorsGiveTheBitsOfTheSameNumbersInACsvFile() throws Exception {
    List<LabelledVector> rows = new ArrayList<>();
    StringBuilder csv = new StringBuilder("a,b,c,d,importance,kind\n");
    Random random = new Random(3);
    for (int r = 0; r < ROWS; r++) {
      int kind = random.nextInt(KINDS.length);
      double[] row = new double[4];
      for (int j = 0; j < row.length; j++) {
        row[j] = decimal(random.nextInt(3) == 0 ? 0 : kind * j + random.nextGaussian());
        csv.append(row[j]).append(',');
      }
      double weight = decimal(0.5 + random.nextInt(4));
      csv.append(weight).append(',').append(KINDS[kind]).append('\n');
      Vector dense = Vectors.dense(row);
      rows.add(
          LabelledVector.of(KINDS[kind], r % 2 == 0 ? dense : dense.toSparse()).withWeight(weight));
    }
    Path file = Files.writeString(folder.resolve("train.csv"), csv);
    String expected = w1OfFile(file);

    var trainer =
        new SoftmaxRegressionTrainer().withOptions(options -> options.withIterations(ITERATIONS));
    for (int partitions : new int[] {1, 2, 7}) {
      TrainingOutcome trained =
          trainer.withPartitions(partitions).train(spark.parallelize(rows, partitions));

      assertThat(trained.model().model().w1Sha256())
          .as("%d partitions", partitions)
          .isEqualTo(expected);
    }
    TrainingOutcome unweighted =
        trainer.train(spark.parallelize(rows, 2).map(row -> row.withWeight(1)));
    assertThat(unweighted.model().model().w1Sha256()).isNotEqualTo(expected);
  }

  private static double decimal(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.2f", value));
  }

  private static String w1OfFile(Path file) {
    DataOptions data =
        DataOptions.defaults()
            .withFiles(new org.apache.hadoop.fs.Path(file.toString()), null)
            .withFormats(
                new FormatOptions(
                    null,
                    "kind",
                    "importance",
                    List.of(),
                    null,
                    false,
                    null,
                    MissingValues.REFUSE,
                    0));
    Console console = new Console(new PrintStream(OutputStream.nullOutputStream()), false);
    Sources sources =
        Sources.open(data, spark.hadoopConfiguration())
            .surveyed(spark, KnownRows.nothing(), console);
    var options =
        new TrainingJobOptions(
                data, TrainingOptions.defaults(4).withIterations(ITERATIONS), null, null, null)
            .decided(sources);
    var training = new ModelTraining(spark, sources, options, console, new Warnings(console));
    try (TrainingData loaded = training.load()) {
      return training.train(loaded, null, List.of()).model().w1Sha256();
    }
  }
}
