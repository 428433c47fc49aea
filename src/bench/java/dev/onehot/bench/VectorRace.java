package dev.onehot.bench;

import dev.onehot.data.vectors.LabelledVector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Trains on generated vectors with Onehot and with MLlib, in turns in one JVM: how long an
 * iteration takes, and how long each takes to the same accuracy on test rows. {@code
 * src/bench/run.sh --vectors} starts it.
 */
final class VectorRace {

  /** Less than the standard error of an accuracy on the test rows. */
  private static final double BY_CHANCE = 0.001;

  /** Iterations to time, if the training that is good enough has fewer. */
  private static final int TIMED_ITERATIONS = 10;

  /** The rows to train on. */
  enum Kind {
    /** As wide as RCV1. */
    TEXT(new TextRows(47_236, 53)),
    /** As wide as hashed words. */
    HASHED(new TextRows(262_144, 20)),
    /** Dense real numbers. */
    DENSE(new MeasurementRows(100, 5));

    private final VectorRows rows;

    Kind(VectorRows rows) {
      this.rows = rows;
    }
  }

  @Option(names = "--kind", required = true)
  private Kind kind;

  @Option(names = "--rows")
  private int rows = 200_000;

  @Option(names = "--test-rows")
  private int testRows = 20_000;

  @Option(names = "--cores")
  private int cores = 2;

  @Option(names = "--rounds")
  private int rounds = 3;

  @Option(names = "--mllib", split = ",", description = "Iterations of MLlib to look at.")
  private List<Integer> ofMllib = List.of(5, 10, 20, 40);

  @Option(names = "--onehot", split = ",", description = "Iterations of Onehot to look at.")
  private List<Integer> ofOnehot = List.of(3, 4, 5, 6, 8, 10, 15, 20, 30);

  @Option(names = "--python", description = "One that has scikit-learn, for dense rows.")
  private Path python;

  @Option(names = "--project", required = true)
  private Path project;

  private VectorRace() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    VectorRace race = new VectorRace();
    new CommandLine(race).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(args);
    race.run();
  }

  private void run() throws IOException, InterruptedException {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[" + cores + "]")
            .setAppName("benchmark")
            .set("spark.ui.enabled", "false")
            // As Onehot's commands have it in local mode. MLlib's sums are as large.
            .set("spark.task.maxDirectResultSize", "128m")
            .set("spark.broadcast.compress", "false");
    SparkSession session = SparkSession.builder().config(conf).getOrCreate();
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    JavaRDD<LabelledVector> training = cached(spark, "training rows", 0, rows);
    JavaRDD<LabelledVector> test = cached(spark, "test rows", rows, testRows);
    MllibVectors mllib = new MllibVectors(session, training, test);
    OnehotVectors onehot = new OnehotVectors(spark, training, test);
    TreeMap<Integer, VectorTraining.Run> mllibRuns = runs("mllib", mllib, ofMllib);
    TreeMap<Integer, VectorTraining.Run> onehotRuns = runs("onehot", onehot, ofOnehot);
    double target =
        mllibRuns.values().stream().mapToDouble(VectorTraining.Run::accuracy).max().orElseThrow()
            - BY_CHANCE;
    int enough = reaching(onehotRuns, target);
    printAbout(mllib, onehot);
    printAccuracies(mllibRuns, onehotRuns);
    if (enough < 0) {
      System.out.printf(Locale.ROOT, "onehot does not reach %.4f%n", target);
    } else {
      takeTurns(target, mllib, reaching(mllibRuns, target), onehot, enough);
    }
    if (python != null) {
      SklearnVectors.run(python, project, training, test, kind.rows, target, cores);
    }
    session.stop();
  }

  private JavaRDD<LabelledVector> cached(
      JavaSparkContext spark, String name, long first, long count) {
    JavaRDD<LabelledVector> all = kind.rows.rdd(spark, name, first, count, cores);
    all.persist(StorageLevel.MEMORY_ONLY());
    all.count();
    return all;
  }

  private static TreeMap<Integer, VectorTraining.Run> runs(
      String name, VectorTraining training, List<Integer> iterations) {
    TreeMap<Integer, VectorTraining.Run> runs = new TreeMap<>();
    for (int k : iterations) {
      VectorTraining.Run run = training.fit(k);
      System.err.printf(
          Locale.ROOT,
          "bench: %s, %d iterations: %.4f right, %.2f s%n",
          name,
          k,
          run.accuracy(),
          run.seconds());
      runs.put(k, run);
    }
    return runs;
  }

  /** The least iterations looked at that reach an accuracy; -1 if none does. */
  private static int reaching(TreeMap<Integer, VectorTraining.Run> runs, double accuracy) {
    return runs.entrySet().stream()
        .filter(run -> run.getValue().accuracy() >= accuracy)
        .map(run -> run.getKey())
        .findFirst()
        .orElse(-1);
  }

  private void printAbout(MllibVectors mllib, OnehotVectors onehot) {
    long nonZeros = onehot.nonZeros();
    System.out.printf(
        Locale.ROOT,
        "%s: %,d rows x %,d features, %,d classes, %.1f non-zeros a row; local[%d]; load average %.1f%n",
        kind.rows,
        rows,
        kind.rows.features(),
        kind.rows.classes(),
        (double) nonZeros / rows,
        cores,
        Machine.loadAverage());
    System.out.printf(
        Locale.ROOT,
        "training rows in memory: onehot %.2f bytes a non-zero, mllib %.2f%n%n",
        (double) onehot.cachedBytes() / nonZeros,
        (double) mllib.cachedBytes() / nonZeros);
  }

  private static void printAccuracies(
      TreeMap<Integer, VectorTraining.Run> mllib, TreeMap<Integer, VectorTraining.Run> onehot) {
    System.out.println("test accuracy after iterations (one training each, seconds):");
    mllib.forEach((k, run) -> printRun("mllib", k, run));
    onehot.forEach((k, run) -> printRun("onehot", k, run));
    System.out.println();
  }

  private static void printRun(String name, int iterations, VectorTraining.Run run) {
    System.out.printf(
        Locale.ROOT, "  %-7s %4d %8.4f %8.2f%n", name, iterations, run.accuracy(), run.seconds());
  }

  private void takeTurns(
      double target, VectorTraining mllib, int needed, OnehotVectors onehot, int enough) {
    List<Double> mllibSeconds = new ArrayList<>();
    List<Double> onehotSeconds = new ArrayList<>();
    List<Double> withLoading = new ArrayList<>();
    List<Double> mllibIterations = new ArrayList<>();
    List<Double> onehotIterations = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      System.err.printf(Locale.ROOT, "bench: round %d/%d%n", round, rounds);
      VectorTraining.Run ofMllib = mllib.fit(needed);
      mllibSeconds.add(ofMllib.seconds());
      mllibIterations.add(Spread.median(ofMllib.iterationMilliseconds()));
      onehotSeconds.add(onehot.fit(enough).seconds());
      onehotIterations.add(
          Spread.median(onehot.fit(Math.max(enough, TIMED_ITERATIONS)).iterationMilliseconds()));
      withLoading.add(onehot.secondsWithLoading(enough));
    }
    System.out.printf(
        Locale.ROOT,
        "%d rounds in turns, medians; to %.4f right on test rows mllib needs %d iterations, onehot %d%n",
        rounds,
        target,
        needed,
        enough);
    print("one iteration, ms", mllibIterations, onehotIterations);
    print("to that accuracy, s", mllibSeconds, onehotSeconds);
    print("  with building blocks, s", mllibSeconds, withLoading);
  }

  private static void print(String what, List<Double> mllib, List<Double> onehot) {
    List<Double> ratios = new ArrayList<>();
    for (int r = 0; r < mllib.size(); r++) {
      ratios.add(mllib.get(r) / onehot.get(r));
    }
    System.out.printf(
        Locale.ROOT,
        "  %-26s mllib %10.2f   onehot %10.2f   ratio %6.1f (%.1f to %.1f)%n",
        what,
        Spread.median(mllib),
        Spread.median(onehot),
        Spread.median(ratios),
        Spread.of(ratios).min(),
        Spread.of(ratios).max());
  }
}
