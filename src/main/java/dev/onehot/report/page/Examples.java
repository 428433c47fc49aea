package dev.onehot.report.page;

import dev.onehot.evaluate.ScoredRow;
import dev.onehot.report.page.Templates.Tile;
import java.util.List;
import java.util.Locale;

/**
 * Rows that were predicted wrong: as pictures, or in a table if they are none.
 *
 * @param id the name on the page
 * @param title what they have in common
 * @param note how they were chosen
 * @param pictures the rows as pictures
 * @param table the rows as a table; null if there are pictures
 */
record Examples(String id, String title, String note, List<Tile> pictures, Table table) {

  static Examples of(
      String id,
      String title,
      String note,
      List<ScoredRow> rows,
      PictureSize size,
      Detail detail,
      List<String> classNames) {
    List<Tile> tiles =
        rows.stream()
            .filter(row -> isPicture(row, size))
            .limit(detail.pictures())
            .map(row -> tile(row, size, detail, classNames))
            .toList();
    return new Examples(
        id, title, note, tiles, tiles.isEmpty() ? table(title, rows, classNames) : null);
  }

  static boolean isPicture(ScoredRow row, PictureSize size) {
    return size != null
        && row.features() != null
        && row.features().length == size.height() * size.width();
  }

  static String picture(ScoredRow row, PictureSize size, Detail detail) {
    double[] values = new double[row.features().length];
    for (int j = 0; j < values.length; j++) {
      values[j] = row.features()[j];
    }
    return new Picture(size.height(), size.width(), values).atMost(detail.pictureSide()).grey();
  }

  private static Tile tile(
      ScoredRow row, PictureSize size, Detail detail, List<String> classNames) {
    String actual = classNames.get(row.actual());
    String predicted = classNames.get(row.predicted());
    return new Tile(
        picture(row, size, detail),
        String.format(
            Locale.ROOT,
            "row %d: label %s, predicted %s with probability %s",
            row.position(),
            actual,
            predicted,
            Figures.probability(row.probability())),
        String.format(Locale.ROOT, "%s, not %s", actual, predicted),
        List.of(
            String.format(Locale.ROOT, "%s: %s", predicted, Figures.probability(row.probability())),
            String.format(
                Locale.ROOT, "%s: %s", actual, Figures.probability(row.probabilityOfActual())),
            "row " + row.position()));
  }

  private static Table table(String title, List<ScoredRow> rows, List<String> classNames) {
    return new Table(
        title,
        "",
        List.of("row", "label", "predicted", "its probability", "probability of the label"),
        rows.stream()
            .map(
                row ->
                    new Table.Row(
                        Long.toString(row.position()),
                        classNames.get(row.actual()),
                        classNames.get(row.predicted()),
                        Figures.share(row.probability()),
                        Figures.share(row.probabilityOfActual())))
            .toList());
  }
}
