package dev.onehot.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A figure that an engine has or hasn't in a round; less is better.
 *
 * @param key in the results file
 * @param label in the table
 * @param unit of the figure as it is printed
 * @param scale from the figure's own unit to that
 * @param baseKey the metric of Onehot's that the other engines' figures are divided by
 * @param of the figure in a round's reports, of which the first is the whole measurement and the
 *     others are of a single training; null for none
 */
record Metric(
    String key,
    String label,
    String unit,
    double scale,
    String baseKey,
    Function<List<EngineReport>, Double> of) {

  private static final String PASS = "passMilliseconds";
  private static final double MEGA = 1e-6;

  static List<Metric> all(List<Double> targets) {
    List<Metric> metrics = new ArrayList<>();
    metrics.add(milliseconds(PASS, "bare gradient", PASS, EngineReport::passMilliseconds));
    metrics.add(
        milliseconds(
            "wholePassMilliseconds",
            "  of one whole matrix",
            PASS,
            EngineReport::wholePassMilliseconds));
    String iteration = "iterationMilliseconds";
    metrics.add(
        milliseconds(iteration, "one iteration", iteration, EngineReport::iterationMilliseconds));
    String overhead = "overheadMilliseconds";
    metrics.add(
        milliseconds(
            overhead, "  above a bare gradient", overhead, EngineReport::overheadMilliseconds));
    for (double target : targets) {
      metrics.add(seconds("warm", "warm", target, reports -> warm(reports, target, Fit::seconds)));
      metrics.add(
          seconds(
              "warmCpu",
              "warm, of CPU",
              target,
              reports -> warm(reports, target, Fit::cpuSeconds)));
      metrics.add(seconds("cold", "cold", target, reports -> cold(reports, target, false)));
      metrics.add(
          seconds("loadAndCold", "loading + cold", target, reports -> cold(reports, target, true)));
    }
    String loading = "secondsLoading";
    metrics.add(
        new Metric(
            loading, "loading", "s", 1, loading, reports -> reports.get(0).secondsLoading()));
    metrics.add(bytes("cachedBytes", "training rows in memory", EngineReport::cachedBytes));
    metrics.add(bytes("peakResidentBytes", "peak memory", EngineReport::peakResidentBytes));
    metrics.add(bytes("peakHeapBytes", "  of that Java heap", EngineReport::peakHeapBytes));
    return metrics;
  }

  private static Metric milliseconds(
      String key, String label, String base, Function<EngineReport, Double> figure) {
    return new Metric(key, label, "ms", 1, base, reports -> figure.apply(reports.get(0)));
  }

  private static Metric bytes(String key, String label, Function<EngineReport, Long> figure) {
    return new Metric(
        key,
        label,
        "MB",
        MEGA,
        key,
        reports -> {
          Long bytes = figure.apply(reports.get(0));
          return bytes == null ? null : bytes.doubleValue();
        });
  }

  private static Metric seconds(
      String kind, String label, double target, Function<List<EngineReport>, Double> of) {
    String key = "seconds-%s-%s".formatted(kind, target);
    return new Metric(key, "to %.1f %%, %s".formatted(100 * target, label), "s", 1, key, of);
  }

  /** The median of all but the process's first training. */
  private static Double warm(
      List<EngineReport> reports, double target, Function<Fit, Double> figure) {
    List<Double> seconds =
        reports.get(0).fits().stream()
            .skip(1)
            .filter(fit -> fit.target() == target && fit.reached())
            .map(figure)
            .toList();
    return seconds.isEmpty() ? null : Spread.median(seconds);
  }

  /** Of the process whose first training it was. */
  private static Double cold(List<EngineReport> reports, double target, boolean withLoading) {
    return reports.stream()
        .flatMap(
            report ->
                report.fits().stream()
                    .limit(1)
                    .filter(fit -> fit.target() == target && fit.reached())
                    .map(fit -> fit.seconds() + (withLoading ? report.secondsLoading() : 0)))
        .findFirst()
        .orElse(null);
  }
}
