package dev.onehot.report.page;

import dev.onehot.evaluate.Comparison;
import dev.onehot.evaluate.ConfusionMatrix;
import dev.onehot.evaluate.Evaluation;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A challenger and the champion on the same rows, for the page.
 *
 * @param rows the rows in a few words
 * @param chance whether the difference may be chance
 * @param figures the figures over all rows
 * @param recalls the recall of each class
 * @param confusions the confusion matrices of both
 */
record SideBySide(
    String rows, String chance, Table figures, Table recalls, List<Confusion> confusions) {

  /**
   * @return null unless both were measured in a night
   */
  static SideBySide of(PageContent content, Detail detail) {
    if (content.night() == null || content.tested() == null || content.compared() == null) {
      return null;
    }
    List<String> names = content.classNames();
    Evaluation challenger = content.tested().evaluation();
    Comparison comparison = content.compared().comparison();
    Evaluation champion = comparison.other();
    return new SideBySide(
        content.tested().rows(),
        Flipped.chance(comparison.test()),
        figures(challenger, champion, comparison, names),
        recalls(challenger.confusion(), champion.confusion(), detail, names),
        List.of(
            Confusion.of("Confusion matrix of the challenger", challenger.confusion(), names),
            Confusion.of("Confusion matrix of the champion", champion.confusion(), names)));
  }

  private static Table figures(
      Evaluation challenger, Evaluation champion, Comparison comparison, List<String> names) {
    // Each has a worst class of its own.
    int worst = worst(challenger.confusion());
    int otherWorst = worst(champion.confusion());
    return new Table(
        "Challenger and champion",
        String.format(
            Locale.ROOT, "On %,d rows; differences of per cents are points", challenger.rows()),
        List.of("", "challenger", "champion", "difference"),
        List.of(
            percent("accuracy", challenger.accuracy(), champion.accuracy()),
            percent(
                "label among the two most probable",
                challenger.top2Accuracy(),
                champion.top2Accuracy()),
            share("log loss", challenger.loss(), champion.loss()),
            share(
                "calibration error",
                challenger.calibration().expectedError(),
                champion.calibration().expectedError()),
            share(
                "recall of the worst class",
                recall(challenger, worst),
                recall(champion, otherWorst)),
            new Table.Row("its worst class", names.get(worst), names.get(otherWorst), ""),
            new Table.Row(
                "undecided rows",
                Figures.count(challenger.undecidedRows()),
                Figures.count(champion.undecidedRows()),
                signed(challenger.undecidedRows() - champion.undecidedRows(), "%+,.0f")),
            new Table.Row(
                "rows that it alone has right",
                Figures.count(comparison.onlyThisRight()),
                Figures.count(comparison.onlyOtherRight()),
                signed(comparison.onlyThisRight() - comparison.onlyOtherRight(), "%+,.0f"))));
  }

  private static Table.Row percent(String name, double challenger, double champion) {
    return new Table.Row(
        name,
        Figures.percent(challenger),
        Figures.percent(champion),
        signed(100 * (challenger - champion), "%+.2f"));
  }

  private static Table.Row share(String name, double challenger, double champion) {
    return new Table.Row(
        name, Figures.share(challenger), Figures.share(champion), change(challenger, champion));
  }

  private static String change(double challenger, double champion) {
    return signed(challenger - champion, "%+.4f");
  }

  /** With a sign, unless nothing but 0 is left of it. */
  private static String signed(double difference, String format) {
    String text = String.format(Locale.ROOT, format, difference);
    return text.matches("[+-]0[.0]*") ? text.substring(1) : text;
  }

  private static double recall(Evaluation evaluation, int c) {
    return evaluation.confusion().metrics(c).recall();
  }

  /** The class with the lowest recall. Nothing is known of classes without rows. */
  private static int worst(ConfusionMatrix matrix) {
    return IntStream.range(0, matrix.classes())
        .filter(c -> matrix.support(c) > 0)
        .boxed()
        .min(Comparator.comparingDouble(c -> matrix.metrics(c).recall()))
        .orElse(0);
  }

  private static Table recalls(
      ConfusionMatrix challenger, ConfusionMatrix champion, Detail detail, List<String> names) {
    double[] own = new double[names.size()];
    double[] other = new double[names.size()];
    for (int c = 0; c < own.length; c++) {
      own[c] = challenger.metrics(c).recall();
      other[c] = champion.metrics(c).recall();
    }
    List<Table.Row> rows =
        IntStream.range(0, own.length)
            .boxed()
            .sorted(Comparator.comparingDouble(c -> own[c] - other[c]))
            .limit(detail.classRows())
            .sorted()
            .map(
                c ->
                    new Table.Row(
                        names.get(c),
                        Figures.share(own[c]),
                        Figures.share(other[c]),
                        change(own[c], other[c]),
                        Figures.count(challenger.support(c))))
            .toList();
    return new Table(
        "Recall of each class",
        rows.size() == own.length
            ? ""
            : String.format(
                Locale.ROOT, "The %d classes, of %,d, that fell most", rows.size(), own.length),
        List.of("class", "challenger", "champion", "difference", "rows"),
        rows);
  }
}
