package dev.onehot.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Runs the engines side by side on the same rows and cores: first each looks for the trainings that
 * reach the targets, then they take turns, round by round. {@code src/bench/run.sh} starts it.
 */
final class SideBySide {

  @Option(names = "--project", required = true)
  private Path project;

  @Option(names = "--data", required = true)
  private Path data;

  @Option(names = "--python")
  private String python;

  @Option(names = "--cores")
  private int cores = 2;

  @Option(names = "--rounds")
  private int rounds = 5;

  @Option(names = "--quick")
  private boolean quick;

  @Option(names = "--heap")
  private String heap = "4g";

  @Option(names = "--target")
  private List<Double> targets = List.of(0.92, 0.925);

  @Option(names = "--only", split = ",")
  private List<EngineKind> only = List.of(EngineKind.values());

  private final Map<EngineKind, EngineReport> searches = new EnumMap<>(EngineKind.class);
  private final Map<EngineKind, List<Fit>> plan = new EnumMap<>(EngineKind.class);
  private EngineLauncher launcher;

  private SideBySide() {}

  public static void main(String[] args) {
    SideBySide benchmark = new SideBySide();
    try {
      new CommandLine(benchmark).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(args);
      benchmark.run();
    } catch (CommandLine.ParameterException e) {
      fail(2, e);
    } catch (IOException | InterruptedException e) {
      fail(1, e);
    }
  }

  private static void fail(int code, Exception e) {
    say(e.getMessage());
    System.exit(code);
  }

  private static void say(String line) {
    System.err.println("bench: " + line);
  }

  private void run() throws IOException, InterruptedException {
    Path target = project.resolve("target").resolve("bench");
    Path work = Files.createDirectories(target.resolve("work"));
    launcher = new EngineLauncher(project, work, data.toAbsolutePath(), python, cores, heap);
    List<EngineKind> engines = present();
    Map<String, Object> about = about();

    for (EngineKind engine : engines) {
      if (engine.trains()) {
        search(engine);
      }
    }
    Results results = new Results(Metric.all(targets));
    List<EngineKind> order = new ArrayList<>(engines);
    for (int round = 1; round <= (quick ? 1 : rounds); round++) {
      Map<EngineKind, List<EngineReport>> reports = results.newRound();
      Map<EngineKind, Passes> passes = passes(order, round);
      for (EngineKind engine : order) {
        reports.put(engine, measure(engine, round, passes.get(engine)));
      }
      // Nobody is always the first, nor always behind the same other.
      Collections.rotate(order, 1);
    }
    Path file = target.resolve("results.json");
    System.out.println(heading(about, results));
    ResultFile.write(file, about, results, searches, engines);
    System.out.println(new ResultTable(results, plan, engines).text(targets));
    System.out.println();
    System.out.println("All rounds: " + file);
  }

  private List<EngineKind> present() throws IOException, InterruptedException {
    List<EngineKind> engines = new ArrayList<>();
    for (EngineKind engine : only) {
      String missing = launcher.missing(engine);
      if (missing == null) {
        engines.add(engine);
      } else {
        say("without %s: %s".formatted(engine.label(), missing));
      }
    }
    return engines;
  }

  private Map<String, Object> about() throws IOException {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("started", Instant.now().toString());
    about.put("machine", Machine.describe());
    about.put("data", data.toString());
    about.put("cores", cores);
    about.put("heap", heap);
    return about;
  }

  private void search(EngineKind engine) throws IOException, InterruptedException {
    EngineReport report =
        timed(engine, "search", EngineKind.searching(targets), "looking for the best trainings");
    searches.put(engine, report);
    plan.put(engine, report.fits());
    for (Fit fit : report.fits()) {
      say(
          "%s: %.1f %% after %d iterations, %s"
              .formatted(engine.label(), 100 * fit.target(), fit.iterations(), fit.variant()));
    }
    if (report.fits().size() < targets.size()) {
      say("%s does not reach all of %s".formatted(engine.label(), targets));
    }
  }

  private Map<EngineKind, Passes> passes(List<EngineKind> order, int round)
      throws IOException, InterruptedException {
    List<EngineKind> partners = order.stream().filter(EngineKind::hasPasses).toList();
    if (partners.isEmpty()) {
      return Map.of();
    }
    String run = "round-%d-passes".formatted(round);
    long start = System.nanoTime();
    Map<EngineKind, Passes> passes = PassTurns.take(launcher, partners, run);
    say(String.format(Locale.ROOT, "%s: %.0f s", run, (System.nanoTime() - start) / 1e9));
    return passes;
  }

  private List<EngineReport> measure(EngineKind engine, int round, Passes passes)
      throws IOException, InterruptedException {
    String name = "round-" + round;
    List<Fit> fits = plan.getOrDefault(engine, List.of());
    if (engine.trains() && fits.isEmpty()) {
      return List.of();
    }
    List<EngineReport> reports = new ArrayList<>();
    EngineReport report = timed(engine, name, engine.measuring(fits), name);
    reports.add(passes == null ? report : report.with(passes));
    for (int f = 1; f < fits.size(); f++) {
      String cold = "%s-cold-%s".formatted(name, fits.get(f).target());
      reports.add(timed(engine, cold, EngineKind.cold(fits.get(f)), cold));
    }
    for (EngineReport each : reports) {
      for (Fit fit : each.fits()) {
        if (!fit.reached()) {
          say(
              "%s: left out, as it reached %.4f only: %s"
                  .formatted(engine.label(), fit.accuracy(), fit.argument()));
        }
      }
    }
    return reports;
  }

  private EngineReport timed(EngineKind engine, String run, List<String> arguments, String what)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    double load = Machine.loadAverage();
    EngineReport report = launcher.run(engine, run, arguments);
    say(
        String.format(
            Locale.ROOT,
            "%s: %s: %.0f s (load average before: %.1f)",
            what,
            engine.label(),
            (System.nanoTime() - start) / 1e9,
            load));
    return report;
  }

  private String heading(Map<String, Object> about, Results results) throws IOException {
    EngineReport any =
        results.rounds().get(0).values().stream()
            .flatMap(List::stream)
            .findFirst()
            .orElseThrow(() -> new IOException("no engine measured anything"));
    Map<?, ?> machine = (Map<?, ?>) about.get("machine");
    return "%,d + %,d rows from %s, %d cores, %d round(s)%n%s, %s, load average before: %s%n"
        .formatted(
            any.trainingRows(),
            any.testRows(),
            data,
            cores,
            results.rounds().size(),
            machine.get("cpu"),
            machine.get("java"),
            machine.get("loadAverageBefore"));
  }
}
