package dev.onehot.report.page;

import dev.onehot.model.SoftmaxModel;
import dev.onehot.report.page.Night.LabelShare;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A night's rows beside those that the champion was trained on, for the page.
 *
 * @param summary in a sentence, whether anything was found
 * @param findings what is wrong with the rows, or has changed
 * @param checks the tests for drift; null if there are none
 * @param labels how frequent the classes are; null if it is not known
 * @param features how far the features have drifted; null if it is not known
 */
record NightData(
    String summary, List<String> findings, Checks checks, Labels labels, Features features) {

  /** The most features in the table. */
  private static final int FEATURES = 10;

  /**
   * The shares of the classes.
   *
   * @param note which classes these are
   */
  record Labels(String note, List<Label> rows) {}

  /**
   * The shares of a class.
   *
   * @param championWidth the length of the bar of the champion's rows, in per cent
   * @param tonightWidth the length of the bar of the night's rows, in per cent
   */
  record Label(
      String name, String champion, String tonight, String championWidth, String tonightWidth) {}

  /**
   * The drift of the features.
   *
   * @param note how to read it
   * @param picture null if features are no pixels
   * @param table the features that drifted most
   */
  record Features(String note, String picture, Table table) {}

  /**
   * @param night null for a page that is no night's
   * @param model names the features; null if it is not shown
   * @param size the size of the pictures that rows are; null if they are none
   * @return null if nothing was checked
   */
  static NightData of(Night night, SoftmaxModel model, PictureSize size, Detail detail) {
    if (night == null || night.data() == null) {
      return null;
    }
    Night.DataChecks data = night.data();
    return new NightData(
        summary(data),
        data.findings(),
        data.checks().isEmpty() ? null : Checks.ofDrift(data.checks()),
        labels(data.labels(), detail),
        features(data.features(), model, size, detail));
  }

  /** Whether there are any. */
  boolean hasFindings() {
    return !findings.isEmpty();
  }

  private static String summary(Night.DataChecks data) {
    long drifted = data.checks().stream().filter(check -> !check.passed()).count();
    String wrong =
        data.findings().isEmpty()
            ? "Nothing is wrong with the rows"
            : "The rows are not as they were";
    return data.checks().isEmpty()
        ? wrong + "."
        : String.format(
            Locale.ROOT,
            drifted == 0
                ? "%s, and none of %d tests sees drift."
                : "%s. %3$d of %2$d tests see drift.",
            wrong,
            data.checks().size(),
            drifted);
  }

  private static Labels labels(List<LabelShare> all, Detail detail) {
    if (all.isEmpty()) {
      return null;
    }
    double largest =
        all.stream()
            .mapToDouble(share -> Math.max(share.champion(), share.tonight()))
            .max()
            .getAsDouble();
    List<Label> rows =
        IntStream.range(0, all.size())
            .boxed()
            .sorted(
                Comparator.comparingDouble(
                    c -> -Math.abs(all.get(c).tonight() - all.get(c).champion())))
            .limit(detail.classRows())
            .sorted()
            .map(c -> label(all.get(c), largest))
            .toList();
    return new Labels(
        rows.size() == all.size()
            ? "The share of each class: in the rows that the champion was trained on, and in the night's."
            : String.format(
                Locale.ROOT,
                "The %d classes, of %,d, whose share has changed most.",
                rows.size(),
                all.size()),
        rows);
  }

  private static Label label(LabelShare share, double largest) {
    return new Label(
        share.name(),
        Figures.percent(share.champion()),
        Figures.percent(share.tonight()),
        width(share.champion(), largest),
        width(share.tonight(), largest));
  }

  private static String width(double share, double largest) {
    return String.format(Locale.ROOT, "%.1f", largest == 0 ? 0 : 100 * share / largest);
  }

  private static Features features(
      Night.FeatureDrift drift, SoftmaxModel model, PictureSize size, Detail detail) {
    if (drift == null) {
      return null;
    }
    double[] values = drift.values();
    boolean pictures = size != null && size.height() * size.width() == values.length;
    List<Integer> most =
        IntStream.range(0, values.length)
            .filter(j -> values[j] > 0)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> -values[j]))
            .limit(FEATURES)
            .toList();
    long over = IntStream.range(0, values.length).filter(j -> values[j] > drift.limit()).count();
    List<Table.Row> rows = new ArrayList<>();
    for (int j : most) {
      rows.add(
          new Table.Row(
              pictures
                  ? String.format(
                      Locale.ROOT, "row %d, column %d", j / size.width(), j % size.width())
                  : model == null ? Integer.toString(j) : Templates.name(model, j),
              Figures.plain(values[j])));
    }
    return new Features(
        String.format(
            Locale.ROOT,
            "The %s of each feature. It is above %s for %,d of %,d.%s",
            drift.measure(),
            Figures.plain(drift.limit()),
            over,
            values.length,
            pictures ? " The stronger a pixel's colour, the more it has drifted." : ""),
        pictures ? picture(drift, size, detail) : null,
        new Table(
            "Features that drifted most",
            rows.isEmpty()
                ? "No feature has drifted at all"
                : "Those that drifted most, counted from 0",
            List.of(pictures ? "pixel" : "feature", drift.measure()),
            rows));
  }

  /** The colour is full from the limit on, or further if much has drifted. */
  private static String picture(Night.FeatureDrift drift, PictureSize size, Detail detail) {
    return new Picture(size.height(), size.width(), drift.values())
        .atMost(detail.pictureSide())
        .diverging(Math.max(drift.limit(), Picture.limit(drift.values())));
  }
}
