package dev.onehot.report.page;

import dev.onehot.evaluate.Calibration;
import dev.onehot.evaluate.ClassMetrics;
import dev.onehot.evaluate.ConfusionMatrix;
import dev.onehot.evaluate.Evaluation;
import dev.onehot.report.page.Chart.Axis;
import dev.onehot.report.page.Chart.Curve;
import dev.onehot.report.page.Origin.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How good a model is on labelled rows, for the page.
 *
 * @param rows the rows in a few words
 * @param figures the figures over all rows
 * @param classes the figures of each class
 * @param confusion the confusion matrix; null if it stands elsewhere
 * @param reliability the reliability diagram
 */
record Quality(
    String rows, List<Entry> figures, Table classes, Confusion confusion, Chart reliability) {

  /**
   * @param withConfusion whether it shows the confusion matrix
   */
  static Quality of(
      PageContent.Tested tested, boolean withConfusion, Detail detail, List<String> names) {
    if (tested == null) {
      return null;
    }
    Evaluation evaluation = tested.evaluation();
    return new Quality(
        tested.rows(),
        figures(evaluation),
        classes(evaluation.confusion(), detail, names),
        withConfusion ? Confusion.of("Confusion matrix", evaluation.confusion(), names) : null,
        reliability(evaluation.calibration()));
  }

  private static List<Entry> figures(Evaluation evaluation) {
    return List.of(
        new Entry("accuracy", Figures.percent(evaluation.accuracy())),
        new Entry("label among the two most probable", Figures.percent(evaluation.top2Accuracy())),
        new Entry("log loss", Figures.share(evaluation.loss())),
        new Entry("calibration error", Figures.share(evaluation.calibration().expectedError())),
        new Entry("undecided rows", Figures.count(evaluation.undecidedRows())),
        new Entry("rows", Figures.count(evaluation.rows())));
  }

  private static Table classes(ConfusionMatrix matrix, Detail detail, List<String> names) {
    List<Integer> shown =
        IntStream.range(0, matrix.classes())
            .boxed()
            .sorted(Comparator.comparingDouble(c -> matrix.metrics(c).f1()))
            .limit(detail.classRows())
            .sorted()
            .toList();
    List<Table.Row> rows = new ArrayList<>();
    shown.forEach(c -> rows.add(row(names.get(c), matrix.metrics(c))));
    rows.add(row("mean of the classes", matrix.macroAverage()));
    rows.add(
        row(
            matrix.weighted() ? "mean weighted by weights" : "mean weighted by rows",
            matrix.weightedAverage()));
    String caption =
        shown.size() == matrix.classes()
            ? ""
            : String.format(
                Locale.ROOT,
                "The %d classes with the lowest F1, of %,d",
                shown.size(),
                matrix.classes());
    return new Table(
        "Classes", caption, List.of("class", "precision", "recall", "F1", "rows"), rows);
  }

  private static Table.Row row(String name, ClassMetrics metrics) {
    return new Table.Row(
        name,
        Figures.share(metrics.precision()),
        Figures.share(metrics.recall()),
        Figures.share(metrics.f1()),
        Figures.count(metrics.support()));
  }

  private static Chart reliability(Calibration calibration) {
    List<Calibration.Bin> bins = calibration.bins().stream().filter(bin -> bin.rows() > 0).toList();
    // From 0 to 1, so that the line of a perfect model goes from corner to corner.
    double[] x = new double[bins.size() + 2];
    double[] accuracy = new double[x.length];
    x[x.length - 1] = 1;
    accuracy[0] = Double.NaN;
    accuracy[x.length - 1] = Double.NaN;
    for (int b = 0; b < bins.size(); b++) {
      x[b + 1] = bins.get(b).meanProbability();
      accuracy[b + 1] = bins.get(b).accuracy();
    }
    return new Chart(
        "reliability",
        "Reliability",
        String.format(
            Locale.ROOT,
            "Reliability diagram: how often rows are right at each probability. The expected calibration error is %s.",
            Figures.share(calibration.expectedError())),
        "How often the model is right where it says how sure it is. Above the dashed line it is better than it says, below it is too sure. Points of few rows jump about; the numbers say how many rows each has.",
        "mean probability of the predicted class",
        x,
        List.of(
            new Curve("share right", accuracy, 0, 0, true),
            new Curve("as sure as right", x, 4, 1, false)),
        Axis.SHARE,
        new Table(
            "Reliability",
            "",
            List.of("probability", "mean", "share right", "rows"),
            bins.stream().map(Quality::row).toList()));
  }

  private static Table.Row row(Calibration.Bin bin) {
    return new Table.Row(
        String.format(Locale.ROOT, "%.2f – %.2f", bin.lower(), bin.upper()),
        Figures.share(bin.meanProbability()),
        Figures.share(bin.accuracy()),
        Figures.count(bin.rows()));
  }
}
