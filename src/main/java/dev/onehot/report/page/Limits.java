package dev.onehot.report.page;

import dev.onehot.model.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Cuts texts that are too long for a page, and lists that are. */
final class Limits {

  private static final int NAME = 40;
  private static final int TEXT = 500;
  private static final int LINES = 20;
  private static final int SETTINGS = 100;

  private Limits() {}

  static PageContent apply(PageContent content) {
    PageContent.Training training = content.training();
    PageContent.Tested tested = content.tested();
    PageContent.Compared compared = content.compared();
    return new PageContent(
        cut(content.title(), TEXT),
        lines(content.verdict()),
        lines(content.warnings()),
        names(content.classNames()),
        training == null
            ? null
            : new PageContent.Training(training.history(), names(training.deadClasses())),
        content.weights(),
        tested == null
            ? null
            : new PageContent.Tested(cut(tested.rows(), TEXT), tested.evaluation()),
        compared == null
            ? null
            : new PageContent.Compared(cut(compared.other(), TEXT), compared.comparison()),
        content.provenance() == null ? null : provenance(content.provenance()));
  }

  private static Provenance provenance(Provenance all) {
    Map<String, String> settings = new TreeMap<>();
    all.settings().entrySet().stream()
        .limit(SETTINGS)
        .forEach(entry -> settings.put(cut(entry.getKey(), TEXT), cut(entry.getValue(), TEXT)));
    Provenance.Data data = all.data();
    return new Provenance(
        all.run(),
        all.started(),
        all.onehot(),
        all.gitCommit(),
        settings,
        data == null
            ? null
            : new Provenance.Data(
                cut(data.source(), TEXT),
                lines(data.files()),
                data.rows(),
                data.trainingRows(),
                data.height(),
                data.width(),
                data.fingerprint()),
        all.spark(),
        all.java(),
        all.kernel());
  }

  private static List<String> names(List<String> names) {
    return names.stream().map(name -> cut(name, NAME)).toList();
  }

  private static List<String> lines(List<String> all) {
    List<String> lines = new ArrayList<>();
    all.stream().limit(LINES).forEach(line -> lines.add(cut(line, TEXT)));
    if (all.size() > LINES) {
      lines.add(String.format(Locale.ROOT, "… and %,d more", all.size() - LINES));
    }
    return lines;
  }

  private static String cut(String text, int most) {
    if (text == null || text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + "…";
  }
}
