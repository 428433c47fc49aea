package dev.onehot.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts texts that are too long for a page, and lists that are. */
final class Limits {

  private static final int NAME = 40;
  private static final int TEXT = 500;
  private static final int LINES = 20;

  private Limits() {}

  static PageContent apply(PageContent content) {
    PageContent.Training training = content.training();
    PageContent.Tested tested = content.tested();
    PageContent.Compared compared = content.compared();
    return new PageContent(
        text(content.title()),
        lines(content.verdict()),
        lines(content.warnings()),
        names(content.classNames()),
        training == null
            ? null
            : new PageContent.Training(training.history(), names(training.deadClasses())),
        content.weights(),
        tested == null ? null : new PageContent.Tested(text(tested.rows()), tested.evaluation()),
        compared == null
            ? null
            : new PageContent.Compared(text(compared.other()), compared.comparison()),
        content.provenance(),
        night(content.night()));
  }

  private static Night night(Night night) {
    if (night == null) {
      return null;
    }
    Night.DataChecks data = night.data();
    return new Night(
        night.status(),
        text(night.sentence()),
        night.criteria().stream()
            .limit(LINES)
            .map(
                c ->
                    new Night.Criterion(
                        text(c.name()),
                        text(c.figure()),
                        text(c.limit()),
                        text(c.champion()),
                        text(c.refusal())))
            .toList(),
        data == null
            ? null
            : new Night.DataChecks(
                lines(data.findings()),
                data.checks().stream()
                    .limit(LINES)
                    .map(
                        c ->
                            new Night.Check(
                                text(c.name()), text(c.figure()), text(c.limit()), c.passed()))
                    .toList(),
                data.labels().stream()
                    .map(
                        share ->
                            new Night.LabelShare(
                                cut(share.name(), NAME), share.champion(), share.tonight()))
                    .toList(),
                data.features()));
  }

  private static List<String> names(List<String> names) {
    return names.stream().map(Limits::name).toList();
  }

  /** A name that is not too long for a page. */
  static String name(String name) {
    return cut(name, NAME);
  }

  /** At most 20 lines, and a word on how many there are more. */
  static List<String> lines(List<String> all) {
    List<String> lines = new ArrayList<>();
    all.stream().limit(LINES).forEach(line -> lines.add(text(line)));
    if (all.size() > LINES) {
      lines.add(String.format(Locale.ROOT, "… and %,d more", all.size() - LINES));
    }
    return lines;
  }

  /** A text that is not too long for a cell of a table. */
  static String text(String text) {
    return cut(text, TEXT);
  }

  private static String cut(String text, int most) {
    if (text == null || text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + "…";
  }
}
