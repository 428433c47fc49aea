package dev.onehot.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The results as text: engines as columns, medians with least and largest. */
record ResultTable(Results results, Map<EngineKind, List<Fit>> plan, List<EngineKind> engines) {

  private static final int LABEL_WIDTH = 32;
  private static final int COLUMN_WIDTH = 22;

  String text(List<Double> targets) {
    List<String> lines = new ArrayList<>();
    lines.add(line("median (least - largest)", EngineKind::label));
    for (Metric metric : results.metrics()) {
      add(
          lines,
          metric.label() + ", " + metric.unit(),
          engine -> cell(results.spread(engine, metric), metric.scale()));
    }
    for (double target : targets) {
      add(lines, "to %.1f %%, by".formatted(100 * target), engine -> training(engine, target));
    }
    if (engines.contains(EngineKind.ONEHOT) && engines.size() > 1) {
      lines.add("");
      lines.add(line("times Onehot's figure", EngineKind::label));
      for (Metric metric : results.metrics()) {
        add(
            lines,
            metric.label(),
            engine -> engine == EngineKind.ONEHOT ? "" : cell(results.ratio(engine, metric), 1));
      }
    }
    return String.join(System.lineSeparator(), lines);
  }

  /** How an engine gets there, such as {@code 20 x sparse-1}. */
  private String training(EngineKind engine, double target) {
    return plan.getOrDefault(engine, List.of()).stream()
        .filter(fit -> fit.target() == target)
        .map(fit -> fit.iterations() + " x " + fit.variant())
        .findFirst()
        .orElse(engine.trains() ? "not reached" : "");
  }

  /** A line, unless no engine has anything to say. */
  private void add(List<String> lines, String label, Function<EngineKind, String> cell) {
    String line = line(label, cell);
    if (!line.substring(LABEL_WIDTH).isBlank()) {
      lines.add(line);
    }
  }

  private String line(String label, Function<EngineKind, String> cell) {
    StringBuilder line = new StringBuilder(("%-" + LABEL_WIDTH + "s").formatted(label));
    engines.forEach(
        engine -> line.append(("%" + COLUMN_WIDTH + "s").formatted(cell.apply(engine))));
    return line.toString();
  }

  private static String cell(Spread spread, double scale) {
    if (spread == null) {
      return "";
    }
    String median = number(spread.median() * scale);
    return spread.min() == spread.max()
        ? median
        : "%s (%s - %s)"
            .formatted(median, number(spread.min() * scale), number(spread.max() * scale));
  }

  private static String number(double figure) {
    String format = figure < 10 ? "%.2f" : figure < 100 ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, format, figure);
  }
}
