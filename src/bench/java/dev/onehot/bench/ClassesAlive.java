package dev.onehot.bench;

import dev.onehot.evaluate.Evaluator;
import dev.onehot.job.DataOptions;
import dev.onehot.job.Sources;
import dev.onehot.job.TrainingData;
import dev.onehot.job.TrainingJob;
import dev.onehot.job.TrainingJobOptions;
import dev.onehot.math.Activation;
import dev.onehot.model.SoftmaxModel;
import dev.onehot.report.Console;
import dev.onehot.train.OptimizerKind;
import dev.onehot.train.Preconditioning;
import dev.onehot.train.Trainer;
import dev.onehot.train.TrainingOptions;
import dev.onehot.train.TrainingResult;
import dev.onehot.train.TrainingSet;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Trains on several sets of rows, with several optimizers and seeds, and counts the classes that
 * die behind the gate. Compares the test accuracy with that of training without a gate. {@code
 * src/bench/run.sh --alive} starts it.
 */
final class ClassesAlive {

  /** Sets with at least this number of rows have the smaller gap. */
  private static final long MANY_ROWS = 6_000;

  private static final double GAP = 0.01;
  private static final double GAP_OF_MANY_ROWS = 0.003;

  private static final List<Method> METHODS =
      List.of(
          new Method("default", OptimizerKind.NESTEROV, Preconditioning.COVARIANCE),
          new Method("adam", OptimizerKind.ADAM, Preconditioning.VARIANCE),
          new Method("variance", OptimizerKind.NESTEROV, Preconditioning.VARIANCE),
          new Method("gd", OptimizerKind.GD, Preconditioning.NONE));

  @Option(names = "--mnist", required = true)
  private Path mnist;

  @Option(names = "--digits8x8", required = true)
  private Path digits8x8;

  @Option(names = "--seed", split = ",")
  private List<Long> seeds = List.of(1024L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);

  @Option(names = "--only", split = ",")
  private List<String> only = List.of();

  @Option(names = "--leak")
  private Integer leak;

  private final List<String> failures = new ArrayList<>();
  private JavaSparkContext spark;

  private ClassesAlive() {}

  /** A way to train. */
  private record Method(String name, OptimizerKind optimizer, Preconditioning precondition) {

    TrainingOptions options(boolean bias, long seed) {
      return TrainingOptions.defaults(optimizer, precondition).withBias(bias).withSeed(seed);
    }
  }

  /** What came out of one training. */
  private record Outcome(double testAccuracy, long dead) {}

  public static void main(String[] args) throws IOException {
    ClassesAlive table = new ClassesAlive();
    new CommandLine(table).parseArgs(args);
    System.exit(table.run() ? 0 : 1);
  }

  private boolean run() throws IOException {
    Path folder = Files.createTempDirectory("onehot-alive-");
    SparkConf conf =
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("classes alive")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1");
    try (JavaSparkContext context = new JavaSparkContext(conf)) {
      spark = context;
      System.out.printf(
          Locale.ROOT,
          "%-16s %-9s %-5s %8s %8s %8s  %s%n",
          "rows",
          "optimizer",
          "bias",
          "least",
          "median",
          "ungated",
          "seeds with dead classes");
      for (Map.Entry<String, DataOptions> set : sets(folder).entrySet()) {
        if (only.isEmpty() || only.contains(set.getKey())) {
          table(set.getKey(), set.getValue());
        }
      }
    } finally {
      delete(folder);
    }
    failures.forEach(failure -> System.out.println("not reached: " + failure));
    return failures.isEmpty();
  }

  private Map<String, DataOptions> sets(Path folder) throws IOException {
    DataOptions builtIn = DataOptions.defaults();
    DataOptions all = builtIn.withData(hadoop(mnist));
    Map<String, DataOptions> sets = new TreeMap<>();
    sets.put("digits8x8", builtIn.withData(hadoop(digits8x8)));
    sets.put("mnist", all);
    sets.put("mnist-1000", all.withTrainRows(1_000));
    sets.put("mnist-6000", all.withTrainRows(6_000));
    sets.put("built-in", builtIn);
    sets.put("built-in-500", builtIn.withTrainRows(500));
    PixelChange inverted = new PixelChange(mnist, value -> 255 - value);
    sets.put(
        "mnist-inverted", builtIn.withData(hadoop(inverted.write(folder.resolve("inverted")))));
    PixelChange to16 = new PixelChange(mnist, value -> Math.round(value * 16 / 255f));
    sets.put("mnist-0-to-16", builtIn.withData(hadoop(to16.write(folder.resolve("to-16")))));
    return sets;
  }

  private static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path(path.toAbsolutePath().toUri());
  }

  private void table(String name, DataOptions rows) {
    Sources sources = Sources.open(rows, spark.hadoopConfiguration());
    TrainingJobOptions options =
        TrainingJobOptions.defaults(sources.training().features()).withData(rows);
    Console silent = new Console(new PrintStream(OutputStream.nullOutputStream()), false);
    try (TrainingData data = new TrainingJob(spark, sources, options, silent).load()) {
      for (Method method : METHODS) {
        for (boolean bias : new boolean[] {false, true}) {
          line(name, data, method, bias);
        }
      }
    }
  }

  private void line(String name, TrainingData data, Method method, boolean bias) {
    double[] accuracies = new double[seeds.size()];
    double[] ungated = new double[seeds.size()];
    double worstGap = 0;
    List<String> dead = new ArrayList<>();
    for (int s = 0; s < accuracies.length; s++) {
      TrainingOptions options = method.options(bias, seeds.get(s));
      Outcome gated = train(data, leak == null ? options : options.withLeak(leak));
      accuracies[s] = gated.testAccuracy();
      ungated[s] = train(data, options.withActivation(Activation.IDENTITY)).testAccuracy();
      worstGap = Math.max(worstGap, ungated[s] - accuracies[s]);
      if (gated.dead() > 0) {
        dead.add(String.format(Locale.ROOT, "%d (%d)", seeds.get(s), gated.dead()));
      }
    }
    Arrays.sort(accuracies);
    Arrays.sort(ungated);
    System.out.printf(
        Locale.ROOT,
        "%-16s %-9s %-5s %8.4f %8.4f %8.4f  %s%n",
        name,
        method.name(),
        bias,
        accuracies[0],
        accuracies[accuracies.length / 2],
        ungated[ungated.length / 2],
        String.join(", ", dead));
    if (!dead.isEmpty()) {
      failures.add(
          String.format(
              Locale.ROOT,
              "%s %s %s bias: dead classes with %d seeds",
              name,
              method.name(),
              bias ? "with" : "without",
              dead.size()));
    }
    double gap = data.training().profile().rows() < MANY_ROWS ? GAP : GAP_OF_MANY_ROWS;
    if (method == METHODS.get(0) && worstGap > gap) {
      failures.add(
          String.format(
              Locale.ROOT,
              "%s bias %s: %.4f below ungated training with the same seed, the limit is %s",
              name,
              bias,
              worstGap,
              gap));
    }
  }

  private Outcome train(TrainingData data, TrainingOptions options) {
    TrainingSet set = data.training().trainingSet(null, List.of());
    TrainingResult result = new Trainer(options, List.of()).train(spark, set);
    List<String> names = IntStream.range(0, set.classes()).mapToObj(Integer::toString).toList();
    SoftmaxModel model =
        new SoftmaxModel(
            result.weights(),
            result.bias(),
            options.activation(),
            set.values().scaling().scale(0),
            names);
    long dead = Arrays.stream(result.metrics().activeShares()).filter(share -> share == 0).count();
    double accuracy =
        new Evaluator(spark, data.test().source(), spark.defaultParallelism(), rows -> {})
            .evaluate(model)
            .accuracy();
    return new Outcome(accuracy, dead);
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      files.sorted((a, b) -> b.compareTo(a)).forEach(ClassesAlive::deleteOne);
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
