package dev.onehot.report.page;

import dev.onehot.model.SoftmaxModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What a model looks for in each class: the columns of W1 as pictures, or the largest weights if
 * features are no pixels.
 *
 * @param note how to read it
 * @param pictures a picture for each class; empty if features are no pixels
 * @param strongest the largest weights of each class; empty if features are pixels
 */
record Templates(String note, List<Tile> pictures, List<Strongest> strongest) {

  /** The most classes whose largest weights are shown. */
  private static final int CLASSES = 30;

  /** The most weights of a class below 0, and above 0. */
  private static final int WEIGHTS = 5;

  /** Whether there are pictures. */
  boolean hasPictures() {
    return !pictures.isEmpty();
  }

  /** Whether there are weights as bars. */
  boolean hasStrongest() {
    return !strongest.isEmpty();
  }

  /** The largest weights of a class, from the largest down to the one farthest below 0. */
  record Strongest(String name, List<Bar> bars) {}

  /**
   * A weight.
   *
   * @param side {@code for} or {@code against} the class
   * @param width the length of its bar in per cent
   */
  record Bar(String feature, String weight, String side, String width) {}

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
    double limit = Picture.limit(model.weights());
    List<Tile> tiles = new ArrayList<>();
    int characters = 0;
    for (int c = 0; c < model.classes(); c++) {
      Picture picture = new Picture(size.height(), size.width(), column(model, c));
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
    return new Templates(note, tiles, List.of());
  }

  private static double[] column(SoftmaxModel model, int c) {
    return IntStream.range(0, model.features()).mapToDouble(j -> model.weight(j, c)).toArray();
  }

  private static Templates largest(SoftmaxModel model, List<String> classNames) {
    List<List<Integer>> features = new ArrayList<>();
    double largest = 0;
    for (int c = 0; c < Math.min(CLASSES, model.classes()); c++) {
      List<Integer> strongest = new ArrayList<>(farthest(model, c, 1));
      List<Integer> against = farthest(model, c, -1);
      Collections.reverse(against);
      strongest.addAll(against);
      for (int j : strongest) {
        largest = Math.max(largest, Math.abs(model.weight(j, c)));
      }
      features.add(strongest);
    }
    List<Strongest> classes = new ArrayList<>();
    for (int c = 0; c < features.size(); c++) {
      List<Bar> bars = new ArrayList<>();
      for (int j : features.get(c)) {
        bars.add(bar(name(model, j), model.weight(j, c), largest));
      }
      classes.add(new Strongest(classNames.get(c), bars));
    }
    String note =
        String.format(
            Locale.ROOT,
            "The features with the largest weights%s, as the model scales them. Orange speaks for the class, blue against it.",
            model.featureNames().isEmpty() ? ", counted from 0" : "");
    if (classes.size() < model.classes()) {
      note +=
          String.format(
              Locale.ROOT, " The first %d of %,d classes.", classes.size(), model.classes());
    }
    return new Templates(note, List.of(), classes);
  }

  /** The features whose weights times {@code sign} are the largest, and above 0. */
  private static List<Integer> farthest(SoftmaxModel model, int c, int sign) {
    List<Integer> found = new ArrayList<>();
    for (int j = 0; j < model.features(); j++) {
      double weight = sign * model.weight(j, c);
      int at = found.size();
      while (at > 0 && weight > sign * model.weight(found.get(at - 1), c)) {
        at--;
      }
      if (weight > 0 && at < WEIGHTS) {
        found.add(at, j);
        if (found.size() > WEIGHTS) {
          found.remove(WEIGHTS);
        }
      }
    }
    return found;
  }

  private static Bar bar(String feature, double weight, double largest) {
    return new Bar(
        feature,
        Figures.plain(weight),
        weight > 0 ? "for" : "against",
        String.format(Locale.ROOT, "%.1f", 100 * Math.abs(weight) / largest));
  }

  /** A feature's name, or its number. */
  static String name(SoftmaxModel model, int feature) {
    return model.featureNames().isEmpty()
        ? Integer.toString(feature)
        : Limits.name(model.featureNames().get(feature));
  }
}
