package dev.onehot.report;

import dev.onehot.evaluate.ClassMetrics;
import dev.onehot.evaluate.Comparison;
import dev.onehot.evaluate.ConfusionMatrix;
import dev.onehot.evaluate.Evaluation;
import dev.onehot.evaluate.FlippedRow;
import dev.onehot.evaluate.McNemarTest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An evaluation as text for a terminal.
 *
 * @param classNames C names, in the order of the classes
 */
public record EvaluationTable(List<String> classNames) {

  public EvaluationTable {
    classNames = classNames.stream().map(Printable::name).toList();
  }

  /** A confusion matrix that would be wider is shown as a list of its largest errors. */
  private static final int MOST_COLUMNS = 110;

  /** More classes than these are not listed all, but those with the lowest F1. */
  private static final int MOST_CLASSES = 50;

  private static final int LISTED = 10;
  private static final int FLIPPED = 4;

  /** The pattern of a line of {@link Summary}, whose names are a bit longer here. */
  private static final String LINE = "%-18s ";

  /** The figures over all rows, a line for each class, and the confusion matrix. */
  public String of(Evaluation evaluation) {
    StringBuilder text = new StringBuilder();
    line(text, "rows", "%,d", evaluation.rows());
    if (evaluation.confusion().weighted()) {
      line(text, "sum of weights", "%s", weight(evaluation.confusion().weight()));
    }
    line(text, "accuracy", "%.4f", evaluation.accuracy());
    line(text, "log loss", "%.4f", evaluation.loss());
    line(text, "top-2 accuracy", "%.4f", evaluation.top2Accuracy());
    line(
        text,
        "calibration error",
        "%.4f (expected, over %d bins)",
        evaluation.calibration().expectedError(),
        evaluation.calibration().bins().size());
    line(text, "undecided rows", "%,d", evaluation.undecidedRows());
    classes(text, evaluation.confusion());
    confusion(text, evaluation.confusion());
    return text.toString();
  }

  /**
   * What is different with another model.
   *
   * @param other what the other model is called
   */
  public String of(Comparison comparison, String other) {
    StringBuilder text = new StringBuilder(System.lineSeparator());
    line(text, "against", "%s", Redaction.uris(other));
    line(text, "accuracy", "%.4f", comparison.other().accuracy());
    line(text, "log loss", "%.4f", comparison.other().loss());
    line(text, "both right", "%,d", comparison.bothRight());
    line(text, "only this right", "%,d", comparison.onlyThisRight());
    line(text, "only other right", "%,d", comparison.onlyOtherRight());
    line(text, "both wrong", "%,d", comparison.bothWrong());
    McNemarTest test = comparison.test();
    line(text, "McNemar's test", "p = %.4g (%s)", test.pValue(), test.method());
    line(text, "flipped rows", "%,d%s", comparison.flippedRows(), flipped(comparison));
    return text.toString();
  }

  private String flipped(Comparison comparison) {
    if (comparison.flipped().isEmpty()) {
      return "";
    }
    String rows =
        comparison.flipped().stream()
            .limit(FLIPPED)
            .map(this::flipped)
            .collect(Collectors.joining(", "));
    return "; other → this: " + rows + (comparison.flippedRows() > FLIPPED ? ", …" : "");
  }

  private String flipped(FlippedRow row) {
    return String.format(
        Locale.ROOT,
        "%d (%s → %s, is %s)",
        row.row().position(),
        classNames.get(row.other().predicted()),
        classNames.get(row.row().predicted()),
        classNames.get(row.row().actual()));
  }

  private void classes(StringBuilder text, ConfusionMatrix confusion) {
    int width = Math.max("weighted average".length(), longestName());
    if (confusion.classes() > MOST_CLASSES) {
      text.append(
          String.format(
              Locale.ROOT,
              "%nthe %d classes with the lowest F1, of %,d",
              MOST_CLASSES,
              confusion.classes()));
    }
    text.append(System.lineSeparator())
        .append(
            String.format(
                Locale.ROOT,
                "%-" + width + "s  %9s  %6s  %6s  %11s%n",
                "class",
                "precision",
                "recall",
                "F1",
                "support"));
    for (int c : listed(confusion)) {
      metrics(text, width, classNames.get(c), confusion.metrics(c));
    }
    metrics(text, width, "macro average", confusion.macroAverage());
    metrics(text, width, "weighted average", confusion.weightedAverage());
  }

  private static int[] listed(ConfusionMatrix confusion) {
    return IntStream.range(0, confusion.classes())
        .boxed()
        .sorted(Comparator.comparingDouble(c -> confusion.metrics(c).f1()))
        .limit(MOST_CLASSES)
        .sorted()
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static void metrics(StringBuilder text, int width, String name, ClassMetrics metrics) {
    text.append(
        String.format(
            Locale.ROOT,
            "%-" + width + "s  %9.4f  %6.4f  %6.4f  %,11d%n",
            name,
            metrics.precision(),
            metrics.recall(),
            metrics.f1(),
            metrics.support()));
  }

  private void confusion(StringBuilder text, ConfusionMatrix confusion) {
    int widest = cell(confusion, confusion.weight()).length();
    int cell = Math.max(longestName(), widest);
    int name = Math.max("actual".length(), longestName());
    text.append(System.lineSeparator());
    if (name + confusion.classes() * (cell + 1) > MOST_COLUMNS) {
      largestErrors(text, confusion);
      return;
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%-" + name + "s  %s%n",
            "actual",
            confusion.weighted() ? "predicted, in sums of weights" : "predicted"));
    text.append(" ".repeat(name + 1));
    classNames.forEach(
        column -> text.append(String.format(Locale.ROOT, "%" + (cell + 1) + "s", column)));
    for (int a = 0; a < confusion.classes(); a++) {
      text.append(String.format(Locale.ROOT, "%n%-" + (name + 1) + "s", classNames.get(a)));
      for (int p = 0; p < confusion.classes(); p++) {
        double weight = confusion.weight(a, p);
        String shown = confusion.counts()[a][p] == 0 ? "." : cell(confusion, weight);
        text.append(String.format(Locale.ROOT, "%" + (cell + 1) + "s", shown));
      }
    }
    text.append(System.lineSeparator());
  }

  private static String cell(ConfusionMatrix confusion, double weight) {
    return confusion.weighted() ? weight(weight) : Long.toString((long) weight);
  }

  private static String weight(double weight) {
    return String.format(Locale.ROOT, "%.4g", weight);
  }

  private record Confused(int actual, int predicted, double weight) {}

  private void largestErrors(StringBuilder text, ConfusionMatrix confusion) {
    List<Confused> errors = new ArrayList<>();
    for (int a = 0; a < confusion.classes(); a++) {
      for (int p = 0; p < confusion.classes(); p++) {
        if (a != p && confusion.counts()[a][p] > 0) {
          errors.add(new Confused(a, p, confusion.weight(a, p)));
        }
      }
    }
    if (errors.isEmpty()) {
      text.append("no row is predicted wrong").append(System.lineSeparator());
      return;
    }
    errors.sort(Comparator.comparingDouble(Confused::weight).reversed());
    text.append(
        String.format(
            Locale.ROOT,
            "most frequent errors, actual → predicted%s%n",
            confusion.weighted() ? ", in sums of weights" : ""));
    errors.stream()
        .limit(LISTED)
        .forEach(
            error ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "%s → %s  %s%n",
                        classNames.get(error.actual),
                        classNames.get(error.predicted),
                        confusion.weighted()
                            ? weight(error.weight)
                            : String.format(Locale.ROOT, "%,d", (long) error.weight))));
  }

  private int longestName() {
    return classNames.stream().mapToInt(String::length).max().orElse(0);
  }

  private static void line(StringBuilder text, String name, String format, Object... values) {
    text.append(String.format(Locale.ROOT, LINE, name))
        .append(String.format(Locale.ROOT, format, values))
        .append(System.lineSeparator());
  }
}
