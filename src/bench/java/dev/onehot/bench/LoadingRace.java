package dev.onehot.bench;

import dev.onehot.job.DataOptions;
import dev.onehot.job.ModelTraining;
import dev.onehot.job.Sources;
import dev.onehot.job.TrainingData;
import dev.onehot.job.TrainingJobOptions;
import dev.onehot.report.Console;
import dev.onehot.report.Warnings;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Reads MNIST's training rows as CSV and as LIBSVM, with Onehot and with Spark's own readers, in
 * turns in one JVM. Onehot does all that it does before training: it finds the format, surveys the
 * rows, and builds, profiles and caches blocks. Spark's readers only parse: what they read goes
 * nowhere, CSV has a given schema, and LIBSVM a given number of features. {@code src/bench/run.sh
 * --loading} starts it.
 */
final class LoadingRace {

  /** Who reads what. */
  private enum Reader {
    ONEHOT_CSV,
    SPARK_CSV,
    ONEHOT_LIBSVM,
    MLLIB_LIBSVM
  }

  @Option(names = "--project", required = true)
  private Path project;

  @Option(names = "--data", required = true, description = "MNIST's IDX files, not compressed.")
  private Path data;

  @Option(names = "--cores")
  private int cores = 2;

  @Option(names = "--rounds")
  private int rounds = 5;

  private SparkSession session;
  private JavaSparkContext spark;
  private Path csv;
  private Path libsvm;
  private int rows;

  private LoadingRace() {}

  public static void main(String[] args) throws IOException {
    LoadingRace race = new LoadingRace();
    new CommandLine(race).parseArgs(args);
    race.run();
  }

  private void run() throws IOException {
    writeFiles();
    SparkConf conf =
        new SparkConf()
            .setMaster("local[" + cores + "]")
            .setAppName("benchmark")
            .set("spark.ui.enabled", "false");
    session = SparkSession.builder().config(conf).getOrCreate();
    spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    Map<Reader, List<Double>> seconds = new EnumMap<>(Reader.class);
    for (int round = 0; round <= rounds; round++) {
      System.err.printf(
          Locale.ROOT, "bench: %s%n", round == 0 ? "warm-up" : "round " + round + "/" + rounds);
      for (Reader reader : Reader.values()) {
        long start = System.nanoTime();
        read(reader);
        double took = (System.nanoTime() - start) / 1e9;
        System.err.printf(Locale.ROOT, "bench: %s %.2f s%n", reader, took);
        if (round > 0) {
          seconds.computeIfAbsent(reader, r -> new ArrayList<>()).add(took);
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%,d rows of MNIST; local[%d]; %d rounds in turns after a warm-up, medians; load average %.1f%n",
        rows,
        cores,
        rounds,
        Machine.loadAverage());
    print("CSV", csv, seconds.get(Reader.SPARK_CSV), seconds.get(Reader.ONEHOT_CSV));
    print("LIBSVM", libsvm, seconds.get(Reader.MLLIB_LIBSVM), seconds.get(Reader.ONEHOT_LIBSVM));
    session.stop();
  }

  private void read(Reader reader) {
    switch (reader) {
      case ONEHOT_CSV -> load(csv);
      case ONEHOT_LIBSVM -> load(libsvm);
      case SPARK_CSV -> {
        StructType schema = new StructType().add("label", DataTypes.IntegerType);
        for (int j = 0; j < IdxRows.PIXELS; j++) {
          schema = schema.add("pixel" + j, DataTypes.DoubleType);
        }
        session
            .read()
            .schema(schema)
            .option("header", true)
            .csv(csv.toString())
            .write()
            .format("noop")
            .mode("overwrite")
            .save();
      }
      case MLLIB_LIBSVM ->
          session
              .read()
              .format("libsvm")
              .option("numFeatures", IdxRows.PIXELS)
              .load(libsvm.toString())
              .write()
              .format("noop")
              .mode("overwrite")
              .save();
    }
  }

  /** What {@code train} does before its first iteration. */
  private void load(Path file) {
    Console console = new Console(System.err, false);
    DataOptions options =
        DataOptions.defaults().withFiles(new org.apache.hadoop.fs.Path(file.toUri()), null);
    Sources sources =
        Sources.open(options, spark.hadoopConfiguration())
            .surveyed(spark, options.known(), console);
    ModelTraining training =
        new ModelTraining(
            spark,
            sources,
            TrainingJobOptions.defaults(sources.training().features()).withData(options),
            console,
            new Warnings(console));
    try (TrainingData loaded = training.load()) {
      if (loaded.training().profile().rows() != rows) {
        throw new IllegalStateException(file + ": not all rows were read");
      }
    } finally {
      sources.training().forget();
    }
  }

  private static void print(String format, Path file, List<Double> theirs, List<Double> onehot)
      throws IOException {
    List<Double> ratios =
        IntStream.range(0, theirs.size()).mapToObj(r -> theirs.get(r) / onehot.get(r)).toList();
    System.out.printf(
        Locale.ROOT,
        "  %-7s %,6.1f MB   spark %6.2f s   onehot %6.2f s   ratio %5.2f (%.2f to %.2f)%n",
        format,
        Files.size(file) / 1e6,
        Spread.median(theirs),
        Spread.median(onehot),
        Spread.median(ratios),
        Spread.of(ratios).min(),
        Spread.of(ratios).max());
  }

  private void writeFiles() throws IOException {
    IdxRows all = IdxRows.read(data, "train");
    rows = all.rows();
    Path folder = Files.createDirectories(project.resolve("target/bench/loading"));
    csv = folder.resolve("train.csv");
    libsvm = folder.resolve("train.libsvm");
    try (BufferedWriter dense = Files.newBufferedWriter(csv, StandardCharsets.US_ASCII);
        BufferedWriter sparse = Files.newBufferedWriter(libsvm, StandardCharsets.US_ASCII)) {
      dense.write("label");
      for (int j = 0; j < IdxRows.PIXELS; j++) {
        dense.write(",pixel" + j);
      }
      dense.write('\n');
      for (int r = 0; r < rows; r++) {
        writeRow(all, r, dense, sparse);
      }
    }
  }

  private static void writeRow(IdxRows all, int row, BufferedWriter dense, BufferedWriter sparse)
      throws IOException {
    String label = Integer.toString(all.labels()[row]);
    dense.write(label);
    sparse.write(label);
    for (int j = 0; j < IdxRows.PIXELS; j++) {
      int value = all.pixel(row, j / IdxRows.SIDE, j % IdxRows.SIDE);
      dense.write(',' + Integer.toString(value));
      if (value != 0) {
        sparse.write(" " + (j + 1) + ':' + value);
      }
    }
    dense.write('\n');
    sparse.write('\n');
  }
}
