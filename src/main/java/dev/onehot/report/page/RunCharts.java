package dev.onehot.report.page;

import dev.onehot.report.page.Chart.Axis;
import dev.onehot.report.page.Chart.Curve;
import dev.onehot.train.IterationMetrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The curves of several runs in one chart each. */
final class RunCharts {

  /** The most runs that have a curve. More could not be told apart. */
  static final int CURVES = 15;

  private final List<Run> runs;
  private final double[] iterations;

  private RunCharts(List<Run> runs) {
    this.runs = runs;
    int last =
        runs.stream()
            .flatMap(run -> run.history().stream())
            .mapToInt(IterationMetrics::iteration)
            .max()
            .orElse(-1);
    iterations = IntStream.rangeClosed(0, last).asDoubleStream().toArray();
  }

  /** The charts that any of the runs has values for. */
  static List<Chart> of(List<Run> runs) {
    RunCharts charts = new RunCharts(runs.stream().limit(CURVES).toList());
    List<Chart> all = new ArrayList<>();
    charts
        .chart("validation-accuracy", "Accuracy on rows held back", RunCharts::validationAccuracy)
        .ifPresent(all::add);
    charts
        .chart("validation-loss", "Loss on rows held back", RunCharts::validationLoss)
        .ifPresent(all::add);
    charts
        .chart("accuracy", "Accuracy on training rows", IterationMetrics::accuracy)
        .ifPresent(all::add);
    charts.chart("loss", "Loss on training rows", IterationMetrics::loss).ifPresent(all::add);
    return all;
  }

  private static double validationAccuracy(IterationMetrics metrics) {
    return metrics.validationAccuracy() == null ? Double.NaN : metrics.validationAccuracy();
  }

  private static double validationLoss(IterationMetrics metrics) {
    return metrics.validationLoss() == null ? Double.NaN : metrics.validationLoss();
  }

  private Optional<Chart> chart(String id, String title, ToDoubleFunction<IterationMetrics> value) {
    List<Curve> curves = new ArrayList<>();
    for (int r = 0; r < runs.size(); r++) {
      double[] y = new double[iterations.length];
      Arrays.fill(y, Double.NaN);
      for (IterationMetrics metrics : runs.get(r).history()) {
        y[metrics.iteration()] = value.applyAsDouble(metrics);
      }
      if (!Arrays.stream(y).allMatch(Double::isNaN)) {
        // The number of the run says its colour, so that it has the same one in every chart.
        curves.add(Curve.nth(r, runs.get(r).name(), y));
      }
    }
    if (curves.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Chart(
            id,
            title,
            TrainingCharts.words(title, curves),
            "",
            "iteration",
            iterations,
            curves,
            Axis.FITTED,
            Table.of(title, "iteration", iterations, curves)));
  }
}
