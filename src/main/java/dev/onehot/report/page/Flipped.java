package dev.onehot.report.page;

import dev.onehot.evaluate.Comparison;
import dev.onehot.evaluate.FlippedRow;
import dev.onehot.evaluate.McNemarTest;
import dev.onehot.evaluate.ScoredRow;
import dev.onehot.report.page.Origin.Entry;
import dev.onehot.report.page.Templates.Tile;
import java.util.List;
import java.util.Locale;

/**
 * What is different with another model, for the page.
 *
 * @param other the other model's name
 * @param words the difference in a sentence, and whether it may be chance
 * @param figures counts of rows
 * @param pictures the first flipped rows, if they are pictures
 * @param table the first flipped rows
 * @param hasRows whether any row flipped
 */
record Flipped(
    String other,
    List<String> words,
    List<Entry> figures,
    List<Tile> pictures,
    Table table,
    boolean hasRows) {

  /** The usual bound below which a difference is not taken for chance. */
  private static final double SIGNIFICANT = 0.05;

  /** Smaller probabilities say no more. */
  private static final double SMALLEST = 1e-4;

  static Flipped of(
      PageContent.Compared compared, PictureSize size, Detail detail, List<String> names) {
    if (compared == null) {
      return null;
    }
    Comparison comparison = compared.comparison();
    return new Flipped(
        compared.other(),
        List.of(difference(comparison), chance(comparison.test())),
        List.of(
            new Entry("both right", Figures.count(comparison.bothRight())),
            new Entry("only this model right", Figures.count(comparison.onlyThisRight())),
            new Entry("only the other right", Figures.count(comparison.onlyOtherRight())),
            new Entry("both wrong", Figures.count(comparison.bothWrong())),
            new Entry("flipped rows", Figures.count(comparison.flippedRows())),
            new Entry("accuracy of the other", Figures.percent(comparison.other().accuracy()))),
        comparison.flipped().stream()
            .filter(row -> Examples.isPicture(row.row(), size))
            .limit(detail.pictures())
            .map(row -> tile(row, size, detail, names))
            .toList(),
        table(comparison, detail, names),
        !comparison.flipped().isEmpty());
  }

  private static String difference(Comparison comparison) {
    long more = comparison.onlyThisRight() - comparison.onlyOtherRight();
    String words =
        String.format(
            Locale.ROOT, "The two predict %,d rows differently: ", comparison.flippedRows());
    return words
        + (more == 0
            ? "they are right equally often."
            : String.format(
                Locale.ROOT,
                more > 0
                    ? "this model is right on %,d more rows than the other."
                    : "this model is right on %,d fewer rows than the other.",
                Math.abs(more)));
  }

  /** Whether the difference of two models may be chance. */
  static String chance(McNemarTest test) {
    return String.format(
        Locale.ROOT,
        test.pValue() < SIGNIFICANT
            ? "Such a difference is hardly chance: McNemar's test (%s) gives p %s."
            : "Such a difference may well be chance: McNemar's test (%s) gives p %s.",
        test.method(),
        test.pValue() < SMALLEST
            ? "< " + Figures.plain(SMALLEST)
            : String.format(Locale.ROOT, "= %.4f", test.pValue()));
  }

  private static Tile tile(
      FlippedRow flipped, PictureSize size, Detail detail, List<String> names) {
    ScoredRow row = flipped.row();
    String actual = names.get(row.actual());
    String predicted = names.get(row.predicted());
    String other = names.get(flipped.other().predicted());
    return new Tile(
        Examples.picture(row, size, detail),
        String.format(
            Locale.ROOT,
            "row %d: label %s, this model says %s, the other %s",
            row.position(),
            actual,
            predicted,
            other),
        "label " + actual,
        List.of(
            String.format(
                Locale.ROOT, "this: %s %s", predicted, Figures.probability(row.probability())),
            String.format(
                Locale.ROOT,
                "other: %s %s",
                other,
                Figures.probability(flipped.other().probability())),
            "row " + row.position()));
  }

  private static Table table(Comparison comparison, Detail detail, List<String> names) {
    List<FlippedRow> shown = comparison.flipped().stream().limit(detail.flippedRows()).toList();
    return new Table(
        "Flipped rows",
        shown.size() == comparison.flippedRows()
            ? ""
            : String.format(
                Locale.ROOT, "The first %,d of %,d", shown.size(), comparison.flippedRows()),
        List.of("row", "label", "this model", "probability", "the other", "probability"),
        shown.stream().map(flipped -> row(flipped, names)).toList());
  }

  private static Table.Row row(FlippedRow flipped, List<String> names) {
    return new Table.Row(
        Long.toString(flipped.row().position()),
        names.get(flipped.row().actual()),
        names.get(flipped.row().predicted()),
        Figures.share(flipped.row().probability()),
        names.get(flipped.other().predicted()),
        Figures.share(flipped.other().probability()));
  }
}
