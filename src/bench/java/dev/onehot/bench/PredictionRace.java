package dev.onehot.bench;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.launcher.JavaModuleOptions;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Predictions of Onehot and of Spark MLlib, with the same weights and rows, in turns: each has a
 * new JVM in each round. {@code src/bench/run.sh --predict} starts it.
 */
final class PredictionRace {

  @Option(names = "--project", required = true)
  private Path project;

  @Option(names = "--model", required = true)
  private Path model;

  @Option(names = "--data", required = true)
  private Path data;

  @Option(names = "--rows", required = true)
  private long rows;

  @Option(names = "--cores")
  private int cores = 2;

  @Option(names = "--rounds")
  private int rounds = 3;

  @Option(names = "--runs", description = "In each JVM; the first one is cold.")
  private int runs = 3;

  @Option(names = "--heap")
  private String heap = "4g";

  private Path work;

  private PredictionRace() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    PredictionRace race = new PredictionRace();
    new CommandLine(race).parseArgs(args);
    race.run();
  }

  private void run() throws IOException, InterruptedException {
    work = Files.createDirectories(project.resolve("target/bench/predictions"));
    Map<Predictor, List<PredictionTurn.Figures>> turns = new EnumMap<>(Predictor.class);
    for (int round = 1; round <= rounds; round++) {
      for (Predictor predictor : Predictor.values()) {
        System.err.printf(Locale.ROOT, "bench: round %d/%d: %s%n", round, rounds, predictor);
        PredictionTurn.Figures figures = turn(predictor, round);
        figures
            .runs()
            .forEach(
                run ->
                    System.err.printf(
                        Locale.ROOT,
                        "bench: %,.0f rows/s, %.2f µs of processor time a row%n",
                        rows / run.seconds(),
                        run.cpuSeconds() * 1e6 / rows));
        turns.computeIfAbsent(predictor, p -> new ArrayList<>()).add(figures);
      }
    }
    FileUtil.fullyDelete(work.toFile());
    print(turns);
  }

  private PredictionTurn.Figures turn(Predictor predictor, int round)
      throws IOException, InterruptedException {
    Path out = work.resolve(predictor.name());
    FileUtil.fullyDelete(out.toFile());
    Path log = work.resolve(predictor + ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    command.addAll(
        List.of(
            "-Xmx" + heap,
            "-Dlog4j2.configurationFile=" + project.resolve("conf/log4j2.properties").toUri(),
            "-cp",
            System.getProperty("java.class.path"),
            PredictionTurn.class.getName(),
            "--predictor=" + predictor,
            "--model=" + model,
            "--rows=" + data,
            "--out=" + out,
            "--cores=" + cores,
            "--runs=" + runs));
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(predictor + " failed:\n" + Files.readString(log));
    }
    if (round == 1) {
      System.err.println("bench: " + agreement(out));
    }
    return printed
        .lines()
        .filter(line -> line.startsWith(PredictionTurn.FIGURES))
        .map(line -> line.substring(PredictionTurn.FIGURES.length()))
        .map(json -> new Gson().fromJson(json, PredictionTurn.Figures.class))
        .findFirst()
        .orElseThrow();
  }

  /** In how many rows the labels are not those that Onehot has written in the first round. */
  private String agreement(Path out) throws IOException {
    List<String> expected = labels(work.resolve(Predictor.ONEHOT.name()).resolve("run-0"));
    List<String> actual = labels(out.resolve("run-0"));
    long different = Math.abs(expected.size() - actual.size());
    for (int r = 0; r < Math.min(expected.size(), actual.size()); r++) {
      if (!expected.get(r).equals(actual.get(r))) {
        different++;
      }
    }
    return String.format(
        Locale.ROOT, "%,d rows, of which %,d have another label", actual.size(), different);
  }

  /** Row and label of each line. */
  private static List<String> labels(Path directory) throws IOException {
    List<Path> parts;
    try (Stream<Path> files = Files.list(directory)) {
      parts = files.filter(f -> f.getFileName().toString().startsWith("part-")).sorted().toList();
    }
    List<String> labels = new ArrayList<>();
    for (Path part : parts) {
      try (Stream<String> lines = Files.lines(part)) {
        lines
            .skip(1)
            .map(line -> line.substring(0, line.indexOf(',', line.indexOf(',') + 1)))
            .forEach(labels::add);
      }
    }
    return labels;
  }

  private void print(Map<Predictor, List<PredictionTurn.Figures>> turns) {
    System.out.printf(
        Locale.ROOT,
        "%,d rows, %d cores, %d rounds of new JVMs, %d predictions in each; medians%n%n",
        rows,
        cores,
        rounds,
        runs);
    System.out.printf(
        Locale.ROOT,
        "%-14s %14s %14s %14s %14s %10s%n",
        "",
        "cold rows/s",
        "warm rows/s",
        "cold CPU µs",
        "warm CPU µs",
        "peak MB");
    Map<Predictor, double[]> figures = new EnumMap<>(Predictor.class);
    turns.forEach((predictor, all) -> figures.put(predictor, figures(all)));
    figures.forEach(
        (predictor, f) ->
            System.out.printf(
                Locale.ROOT,
                "%-14s %,14.0f %,14.0f %14.2f %14.2f %10.0f%n",
                predictor.name().toLowerCase(Locale.ROOT),
                f[0],
                f[1],
                f[2],
                f[3],
                f[4]));
    double[] onehot = figures.get(Predictor.ONEHOT);
    for (Predictor other : List.of(Predictor.MLLIB_SPARSE, Predictor.MLLIB_DENSE)) {
      double[] f = figures.get(other);
      System.out.printf(
          Locale.ROOT,
          "onehot / %s: rows a second cold %.1f, warm %.1f; processor time a row cold 1/%.1f, warm 1/%.1f%n",
          other.name().toLowerCase(Locale.ROOT),
          onehot[0] / f[0],
          onehot[1] / f[1],
          f[2] / onehot[2],
          f[3] / onehot[3]);
    }
  }

  private double[] figures(List<PredictionTurn.Figures> all) {
    ToDoubleFunction<PredictionTurn.Run> speed = run -> rows / run.seconds();
    ToDoubleFunction<PredictionTurn.Run> cost = run -> run.cpuSeconds() * 1e6 / rows;
    return new double[] {
      median(all, 0, 1, speed),
      median(all, 1, runs, speed),
      median(all, 0, 1, cost),
      median(all, 1, runs, cost),
      Spread.median(all.stream().map(f -> f.peakBytes() / 1e6).toList())
    };
  }

  private static double median(
      List<PredictionTurn.Figures> all,
      int from,
      int end,
      ToDoubleFunction<PredictionTurn.Run> figure) {
    return Spread.median(
        all.stream()
            .flatMap(f -> f.runs().subList(from, end).stream())
            .map(figure::applyAsDouble)
            .toList());
  }
}
