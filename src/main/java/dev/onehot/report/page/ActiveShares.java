package dev.onehot.report.page;

import dev.onehot.report.page.Chart.Axis;
import dev.onehot.report.page.Chart.Curve;
import dev.onehot.train.IterationMetrics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** The chart of how many rows each class is active on; classes that are dead stand out. */
final class ActiveShares {

  /** The most classes with a curve of their own. */
  static final int CURVES = 12;

  private ActiveShares() {}

  /**
   * The chart; empty if there is no gate, as then every class is active on every row.
   *
   * @param x the iterations
   */
  static Optional<Chart> chart(PageContent.Training training, List<String> classNames, double[] x) {
    List<IterationMetrics> history = training.history();
    if (history.stream().allMatch(ActiveShares::everywhere)) {
      return Optional.empty();
    }
    double[] last = history.get(history.size() - 1).activeShares();
    List<Integer> shown =
        IntStream.range(0, last.length)
            .boxed()
            .sorted(
                Comparator.<Integer, Boolean>comparing(
                        c -> !training.deadClasses().contains(classNames.get(c)))
                    .thenComparing(c -> last[c]))
            .limit(CURVES)
            .sorted()
            .toList();
    List<Curve> curves = new ArrayList<>();
    for (int c : shown) {
      String name = classNames.get(c);
      double[] shares =
          history.stream().mapToDouble(metrics -> metrics.activeShares()[c]).toArray();
      String end =
          training.deadClasses().contains(name) ? " (dead)" : last[c] == 0 ? " (never active)" : "";
      curves.add(
          end.isEmpty()
              ? Curve.nth(curves.size(), name, shares)
              : new Curve(name + end, shares, -1, 0, false));
    }
    String note = "Share of training rows with a positive logit for the class; at 0 it is dead.";
    if (shown.size() < last.length) {
      note +=
          String.format(
              Locale.ROOT,
              " The %d classes that are least active, of %d.",
              shown.size(),
              last.length);
    }
    return Optional.of(
        new Chart(
            "active-share",
            "Active share of each class",
            TrainingCharts.words("Active share", curves),
            note,
            "iteration",
            x,
            curves,
            Axis.SHARE,
            Table.of("Active share of each class", "iteration", x, curves)));
  }

  private static boolean everywhere(IterationMetrics metrics) {
    return IntStream.range(0, metrics.activeShares().length)
        .allMatch(c -> metrics.activeShares()[c] == 1);
  }
}
