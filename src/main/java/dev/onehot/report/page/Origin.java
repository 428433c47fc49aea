package dev.onehot.report.page;

import dev.onehot.model.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Where a model comes from, for the page.
 *
 * @param settings all settings by name
 * @param facts the data, the versions and the run
 */
record Origin(List<Entry> settings, List<Entry> facts) {

  /** More settings than there are. */
  private static final int MOST_SETTINGS = 100;

  /** A name with its value. */
  record Entry(String name, String value) {}

  /**
   * @param provenance null if it is not known
   * @return null if it is not known
   */
  static Origin of(Provenance provenance) {
    if (provenance == null) {
      return null;
    }
    return new Origin(settings(provenance), facts(provenance));
  }

  private static List<Entry> settings(Provenance provenance) {
    if (provenance.settings() == null) {
      return List.of();
    }
    return new TreeMap<>(provenance.settings())
        .entrySet().stream()
            .limit(MOST_SETTINGS)
            .map(set -> new Entry(Limits.text(set.getKey()), Limits.text(set.getValue())))
            .toList();
  }

  private static List<Entry> facts(Provenance provenance) {
    List<Entry> facts = new ArrayList<>();
    Provenance.Data data = provenance.data();
    facts.add(new Entry("run", provenance.run()));
    facts.add(new Entry("started", provenance.started()));
    if (data != null) {
      facts.add(new Entry("data", Limits.text(data.source())));
      facts.add(new Entry("files", String.join("\n", Limits.lines(data.files()))));
      facts.add(new Entry("rows", Figures.count(data.rows())));
      facts.add(new Entry("rows trained on", Figures.count(data.trainingRows())));
      facts.add(new Entry("fingerprint of the rows", data.fingerprint()));
    }
    Provenance.Parent parent = provenance.parent();
    if (parent != null) {
      facts.add(new Entry("started from", Limits.text(parent.directory())));
      facts.add(new Entry("its run", parent.run()));
      facts.add(new Entry("its W1", parent.w1Sha256()));
    }
    facts.add(new Entry("Onehot", provenance.onehot()));
    facts.add(new Entry("git commit", provenance.gitCommit()));
    facts.add(new Entry("Spark", provenance.spark()));
    facts.add(new Entry("Java", provenance.java()));
    facts.add(new Entry("kernel", provenance.kernel()));
    return facts.stream().filter(fact -> fact.value() != null && !fact.value().isEmpty()).toList();
  }
}
