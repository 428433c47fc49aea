package dev.onehot.report.page;

import dev.onehot.report.page.Chart.Axis;
import dev.onehot.report.page.Chart.Curve;
import dev.onehot.train.IterationMetrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The charts of a training: what was measured at each iteration. */
final class TrainingCharts {

  private static final String ITERATION = "iteration";

  /** If the first iteration takes this many times as long as any other, it would hide them. */
  private static final int OUTLIER = 3;

  private final List<IterationMetrics> history;
  private final double[] iterations;

  private TrainingCharts(List<IterationMetrics> history) {
    this.history = history;
    iterations = values(IterationMetrics::iteration);
  }

  /**
   * All charts; none without iterations.
   *
   * @param classNames C names
   */
  static List<Chart> of(PageContent.Training training, List<String> classNames) {
    if (training == null || training.history().isEmpty()) {
      return List.of();
    }
    TrainingCharts charts = new TrainingCharts(training.history());
    List<Chart> all = new ArrayList<>();
    all.add(charts.loss());
    all.add(charts.accuracy());
    all.add(charts.learningRate());
    ActiveShares.chart(training, classNames, charts.iterations).ifPresent(all::add);
    all.add(charts.time());
    return all;
  }

  private double[] values(ToDoubleFunction<IterationMetrics> value) {
    return history.stream().mapToDouble(value).toArray();
  }

  private static double orNone(Double value) {
    return value == null ? Double.NaN : value;
  }

  private boolean validated() {
    return history.stream().anyMatch(metrics -> metrics.validationLoss() != null);
  }

  private Chart loss() {
    return measured(
        "loss",
        "Loss",
        "Mean cross-entropy, in nats; lower is better.",
        values(IterationMetrics::loss),
        values(metrics -> orNone(metrics.validationLoss())));
  }

  private Chart accuracy() {
    return measured(
        "accuracy",
        "Accuracy",
        "Share of rows predicted right; higher is better.",
        values(IterationMetrics::accuracy),
        values(metrics -> orNone(metrics.validationAccuracy())));
  }

  private Chart measured(
      String id, String title, String note, double[] training, double[] heldBack) {
    List<Curve> curves = new ArrayList<>();
    curves.add(new Curve("training rows", training, 0, 0, false));
    if (validated()) {
      curves.add(new Curve("rows held back", heldBack, 1, 1, false));
    }
    return chart(id, title, note, curves, Axis.FITTED);
  }

  private Chart learningRate() {
    Curve rate = new Curve("learning rate", values(IterationMetrics::learningRate), 0, 0, false);
    return chart(
        "learning-rate",
        "Learning rate",
        "The step of the next update.",
        List.of(rate),
        Axis.FROM_0);
  }

  private Chart time() {
    double[] all = values(IterationMetrics::milliseconds);
    double[] drawn = all.clone();
    String note = "";
    if (all.length > 1
        && all[0] > OUTLIER * Arrays.stream(all, 1, all.length).max().getAsDouble()) {
      drawn[0] = Double.NaN;
      note =
          String.format(
              Locale.ROOT,
              "The first one, of %,.0f ms, is not drawn, as it would hide the others.",
              all[0]);
    }
    String title = "Milliseconds an iteration";
    return new Chart(
        "time",
        title,
        words(title, List.of(milliseconds(all))),
        note,
        ITERATION,
        iterations,
        List.of(milliseconds(drawn)),
        Axis.FROM_0,
        Table.of(title, ITERATION, iterations, List.of(milliseconds(all))));
  }

  private static Curve milliseconds(double[] y) {
    return new Curve("milliseconds", y, 0, 0, false);
  }

  private Chart chart(String id, String title, String note, List<Curve> curves, Axis axis) {
    return new Chart(
        id,
        title,
        words(title, curves),
        note,
        ITERATION,
        iterations,
        curves,
        axis,
        Table.of(title, ITERATION, iterations, curves));
  }

  /** First and last value of each curve, and the lowest and the highest. */
  static String words(String title, List<Curve> curves) {
    List<String> words = new ArrayList<>();
    for (Curve curve : curves) {
      double[] y = curve.y();
      double[] known = Arrays.stream(y).filter(Double::isFinite).sorted().toArray();
      if (known.length > 0) {
        words.add(
            String.format(
                Locale.ROOT,
                "%s from %s to %s, lowest %s, highest %s",
                curve.name(),
                Figures.plain(y[0]),
                Figures.plain(y[y.length - 1]),
                Figures.plain(known[0]),
                Figures.plain(known[known.length - 1])));
      }
    }
    return title + " over the iterations: " + String.join("; ", words);
  }
}
