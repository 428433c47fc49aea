package dev.onehot.report.page;

import dev.onehot.model.Provenance;
import dev.onehot.report.page.Run.Score;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Writes a page that lays several runs side by side. */
public final class RunsPage {

  /** The most runs of a page, so that it stays small and can be read. */
  public static final int MOST_RUNS = 30;

  private RunsPage() {}

  /**
   * Writes the page.
   *
   * @param runs two runs or more, at most {@link #MOST_RUNS}
   * @throws IOException if writing fails
   */
  public static void write(List<Run> runs, OutputStream out) throws IOException {
    out.write(html(runs).getBytes(StandardCharsets.UTF_8));
  }

  /** The best of several runs. */
  public static Run best(List<Run> runs) {
    return Ranking.of(runs).sorted(runs).get(0);
  }

  private static String html(List<Run> runs) {
    Ranking ranking = Ranking.of(runs);
    List<Run> sorted = ranking.sorted(runs);
    List<Chart> charts = RunCharts.of(sorted);
    Map<String, Object> values =
        Map.of(
            "title", String.format(Locale.ROOT, "%d runs side by side", runs.size()),
            "verdict", verdict(sorted, ranking),
            "figures", figures(sorted),
            "differences", differences(sorted),
            "charts", charts);
    return Html.page("runs", values, charts);
  }

  private static List<String> verdict(List<Run> sorted, Ranking ranking) {
    Run best = sorted.get(0);
    Score score = ranking.score().apply(best);
    Score next = ranking.score().apply(sorted.get(1));
    List<String> verdict = new ArrayList<>();
    verdict.add(
        String.format(
            Locale.ROOT,
            "%s is the best: it predicts %s of its %s right.",
            Limits.text(best.name()),
            Figures.percent(score.accuracy()),
            ranking.rows()));
    double points = 100 * (score.accuracy() - next.accuracy());
    verdict.add(
        points == 0
            ? "The next one has the same accuracy."
            : String.format(Locale.ROOT, "The next one is %.2f points behind.", points));
    if (sorted.stream().map(RunsPage::fingerprint).distinct().count() > 1) {
      verdict.add("They were not all trained on the same rows.");
    }
    if (best.test() != null && sorted.stream().map(Run::testRows).distinct().count() > 1) {
      verdict.add(
          "They were not all tested on the same rows, so their test accuracies say little about each other: evaluate them on the same rows.");
    }
    return verdict;
  }

  private static String fingerprint(Run run) {
    return run.provenance() == null || run.provenance().data() == null
        ? ""
        : run.provenance().data().fingerprint();
  }

  private static Table figures(List<Run> sorted) {
    List<Table.Row> rows = new ArrayList<>();
    for (Run run : sorted) {
      String name = Limits.text(run.name());
      rows.add(
          new Table.Row(
              rows.isEmpty() ? "★ " + name + " (best)" : name,
              accuracy(run.test()),
              loss(run.test()),
              accuracy(Ranking.heldBack(run)),
              accuracy(run.train()),
              loss(run.train()),
              String.format(Locale.ROOT, "%,d (%s)", run.iterations(), run.stopped()),
              String.format(Locale.ROOT, "%.1f s", run.seconds()),
              String.format(Locale.ROOT, "%.1f ms", run.millisecondsPerIteration()),
              run.deadClasses().isEmpty() ? "–" : String.join(", ", run.deadClasses()),
              run.warnings().isEmpty() ? "–" : Figures.count(run.warnings().size())));
    }
    return new Table(
        "Figures of the runs",
        "The best first",
        List.of(
            "run",
            "test accuracy",
            "test loss",
            "held-back accuracy",
            "train accuracy",
            "train loss",
            "iterations",
            "time",
            "an iteration",
            "dead classes",
            "warnings"),
        rows);
  }

  private static String accuracy(Score score) {
    return score == null ? "–" : Figures.percent(score.accuracy());
  }

  private static String loss(Score score) {
    return score == null ? "–" : Figures.share(score.loss());
  }

  /** What is not the same in all runs. */
  private static Table differences(List<Run> sorted) {
    List<Map<String, String>> all = sorted.stream().map(RunsPage::origin).toList();
    TreeSet<String> names = new TreeSet<>();
    all.forEach(values -> names.addAll(values.keySet()));
    List<Table.Row> rows = new ArrayList<>();
    for (String name : names) {
      List<String> values = all.stream().map(run -> run.getOrDefault(name, "–")).toList();
      if (values.stream().distinct().count() > 1) {
        rows.add(new Table.Row(name, values));
      }
    }
    List<String> heads = new ArrayList<>(List.of("setting"));
    sorted.forEach(run -> heads.add(Limits.text(run.name())));
    return new Table(
        "What differs",
        rows.isEmpty() ? "Nothing: all settings, data and versions are the same" : "",
        heads,
        rows);
  }

  private static Map<String, String> origin(Run run) {
    Map<String, String> values = new LinkedHashMap<>();
    Provenance provenance = run.provenance();
    Origin origin = Origin.of(provenance);
    if (origin != null) {
      origin.settings().forEach(entry -> values.put(entry.name(), entry.value()));
      origin.facts().forEach(entry -> values.put(entry.name(), entry.value()));
      // Every run has its own.
      List.of("run", "started", "out", "checkpoint-dir").forEach(values::remove);
    }
    return values;
  }
}
