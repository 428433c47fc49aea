package dev.onehot.report.page;

import dev.onehot.model.SoftmaxModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What a model looks for in each class: the columns of W1 as pictures, or the largest weights if
 * features are no pixels.
 *
 * @param note how to read it
 * @param pictures a picture for each class; empty if features are no pixels
 * @param table the largest weights; null if features are pixels
 */
record Templates(String note, List<Tile> pictures, Table table) {

  /** The most classes in the table. */
  private static final int TABLE_ROWS = 30;

  /** The most weights of a class below 0, and above 0. */
  private static final int WEIGHTS = 3;

  /** Whether there are pictures. */
  boolean hasPictures() {
    return !pictures.isEmpty();
  }

  /**
   * A picture with its texts.
   *
   * @param src the picture
   * @param alt what it shows, for those who cannot see it
   * @param title its first line
   * @param lines what else stands below it
   */
  record Tile(String src, String alt, String title, List<String> lines) {}

  /**
   * @param weights null without a model
   * @return null without a model
   */
  static Templates of(PageContent.Weights weights, Detail detail, List<String> classNames) {
    if (weights == null) {
      return null;
    }
    SoftmaxModel model = weights.model();
    PictureSize size = weights.pictures();
    return size != null && size.height() * size.width() == model.features()
        ? pictures(model, size, detail, classNames)
        : largest(model, classNames);
  }

  private static Templates pictures(
      SoftmaxModel model, PictureSize size, Detail detail, List<String> classNames) {
    double[] weights = model.weights();
    double limit = Picture.limit(weights);
    List<Tile> tiles = new ArrayList<>();
    int characters = 0;
    for (int c = 0; c < model.classes(); c++) {
      Picture picture = new Picture(size.height(), size.width(), column(model, weights, c));
      String src = picture.atMost(detail.pictureSide()).diverging(limit);
      characters += src.length();
      if (characters > detail.templateCharacters()) {
        break;
      }
      String name = classNames.get(c);
      tiles.add(new Tile(src, "weights of class " + name, name, List.of()));
    }
    String note =
        String.format(
            Locale.ROOT,
            "The weights of each pixel. Orange, up to %1$s: a bright pixel speaks for the class. Blue, down to −%1$s: it speaks against it. The background: it does not matter. One weight in a hundred is larger than the scale.",
            Figures.plain(Double.parseDouble(String.format(Locale.ROOT, "%.3g", limit))));
    if (tiles.size() < model.classes()) {
      note +=
          String.format(
              Locale.ROOT, " The first %d of %,d classes.", tiles.size(), model.classes());
    }
    return new Templates(note, tiles, null);
  }

  private static double[] column(SoftmaxModel model, double[] weights, int c) {
    return IntStream.range(0, model.features())
        .mapToDouble(j -> weights[j * model.classes() + c])
        .toArray();
  }

  private static Templates largest(SoftmaxModel model, List<String> classNames) {
    double[] weights = model.weights();
    List<Table.Row> rows = new ArrayList<>();
    for (int c = 0; c < Math.min(TABLE_ROWS, model.classes()); c++) {
      double[] column = column(model, weights, c);
      List<Integer> ascending =
          IntStream.range(0, column.length)
              .boxed()
              .sorted(Comparator.comparingDouble(j -> column[j]))
              .toList();
      rows.add(
          new Table.Row(
              classNames.get(c),
              named(
                  column,
                  ascending.subList(Math.max(0, ascending.size() - WEIGHTS), ascending.size()),
                  1),
              named(column, ascending.subList(0, Math.min(WEIGHTS, ascending.size())), -1)));
    }
    return new Templates(
        "The features with the largest weights, counted from 0. They speak for the class where the weight is positive, and against it where it is negative.",
        List.of(),
        new Table("Largest weights", "", List.of("class", "for it", "against it"), rows));
  }

  private static String named(double[] column, List<Integer> features, int sign) {
    List<String> named = new ArrayList<>();
    for (int j : features) {
      if (column[j] * sign > 0) {
        named.add(String.format(Locale.ROOT, "%d: %s", j, Figures.plain(column[j])));
      }
    }
    return named.isEmpty() ? "–" : String.join("  ", named);
  }
}
