package dev.onehot.bench;

import com.google.gson.Gson;
import com.sun.management.OperatingSystemMXBean;
import dev.onehot.job.PeakMemory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** What runs in an engine's JVM: a search for good trainings, or the measuring of given ones. */
final class EngineProcess {

  /** Iterations of the trial that chooses a variant. */
  private static final int TRIAL = 10;

  private static final int MOST_ITERATIONS = 200;

  @Option(names = "--data", required = true)
  private String data;

  @Option(names = "--cores", required = true)
  private int cores;

  @Option(names = "--out")
  private Path out;

  @Option(names = "--target", description = "Search for the iterations that reach it.")
  private List<Double> targets = List.of();

  @Option(
      names = "--fit",
      converter = Fit.Converter.class,
      description = "Measure it: the first one cold.")
  private List<Fit> fits = List.of();

  @Option(names = "--repetitions", description = "Of every fit in the warm JVM.")
  private int repetitions;

  @Option(names = "--turns", description = "Take turns of bare passes instead.")
  private boolean turns;

  private EngineProcess() {}

  static <M> void run(String[] args, Function<SparkSession, Engine<M>> factory) throws IOException {
    EngineProcess process = new EngineProcess();
    new CommandLine(process).parseArgs(args);
    if (process.turns) {
      process.takeTurns(factory);
    } else {
      Files.writeString(process.out, new Gson().toJson(process.report(factory)));
    }
  }

  /** Answers each line of the input with a turn; see {@link PassTurns}. */
  private <M> void takeTurns(Function<SparkSession, Engine<M>> factory) throws IOException {
    SparkSession spark = session();
    Engine<M> engine = factory.apply(spark);
    engine.load(data);
    WarmUp.of(engine::takeTurn);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println(PassTurns.READY);
    while (in.readLine() != null) {
      System.out.println(new Gson().toJson(engine.takeTurn()));
    }
    spark.stop();
  }

  private SparkSession session() {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[" + cores + "]")
            .setAppName("benchmark")
            .set("spark.ui.enabled", "false");
    return SparkSession.builder().config(conf).getOrCreate();
  }

  private <M> EngineReport report(Function<SparkSession, Engine<M>> factory) {
    SparkSession spark = session();
    Engine<M> engine = factory.apply(spark);
    long start = System.nanoTime();
    engine.load(data);
    double secondsLoading = secondsSince(start);
    Map<String, Double> candidates = new LinkedHashMap<>();
    List<Fit> done = targets.isEmpty() ? measure(engine) : search(engine, candidates);
    long cachedBytes = engine.cachedBytes();
    long residentBytes = PeakMemory.residentBytes();
    Long peakResidentBytes = residentBytes > 0 ? residentBytes : null;
    long peakHeapBytes = PeakMemory.heapBytes();
    Map<String, String> versions = engine.versions();
    spark.stop();
    return new EngineReport(
        versions,
        engine.trainingRows(),
        engine.testRows(),
        secondsLoading,
        done,
        candidates,
        repetitions > 0 ? Spread.median(engine.iterationMilliseconds()) : null,
        null,
        null,
        null,
        cachedBytes,
        peakResidentBytes,
        peakHeapBytes);
  }

  private <M> List<Fit> measure(Engine<M> engine) {
    List<Fit> done = new ArrayList<>();
    engine.prepare(fits.get(0).variant());
    done.add(run(engine, fits.get(0)));
    if (repetitions > 0) {
      WarmUp.of(() -> engine.fit(fits.get(0).variant(), fits.get(0).iterations()));
    }
    engine.startRecording();
    for (int r = 0; r < repetitions; r++) {
      for (Fit fit : fits) {
        engine.prepare(fit.variant());
        done.add(run(engine, fit));
      }
    }
    return done;
  }

  private <M> List<Fit> search(Engine<M> engine, Map<String, Double> candidates) {
    for (String variant : engine.variants()) {
      engine.prepare(variant);
      Fit trial = new Fit(0, variant, TRIAL, 0, 0, 0);
      run(engine, trial);
      candidates.put(variant, run(engine, trial).seconds());
    }
    String fastest =
        candidates.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow().getKey();
    engine.prepare(fastest);
    IterationSearch search =
        new IterationSearch(
            k -> engine.testAccuracy(engine.fit(fastest, k)), TRIAL, MOST_ITERATIONS);
    List<Fit> found = new ArrayList<>();
    for (double target : targets) {
      search
          .first(target)
          .ifPresent(k -> found.add(new Fit(target, fastest, k, search.accuracy(k), 0, 0)));
    }
    return found;
  }

  private static <M> Fit run(Engine<M> engine, Fit fit) {
    long cpuStart = cpuNanos();
    long start = System.nanoTime();
    M model = engine.fit(fit.variant(), fit.iterations());
    double seconds = secondsSince(start);
    double cpuSeconds = (cpuNanos() - cpuStart) / 1e9;
    return new Fit(
        fit.target(),
        fit.variant(),
        fit.iterations(),
        engine.testAccuracy(model),
        seconds,
        cpuSeconds);
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
