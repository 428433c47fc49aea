package dev.onehot.nightly;

import dev.onehot.data.HeldBackRows;
import dev.onehot.data.KnownRows;
import dev.onehot.data.RowSource;
import dev.onehot.failure.InputException;
import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.SettingNames;
import dev.onehot.job.StoredModel;
import dev.onehot.model.Provenance;
import dev.onehot.registry.Promotion;
import dev.onehot.registry.Registry;
import dev.onehot.train.TrainingOptions;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * The champion that a new model has to stand against.
 *
 * @param version its number
 * @param model the model
 * @param gate the verdict of the gate on it; empty if it came here by hand
 */
record Champion(int version, StoredModel model, Optional<GateFile> gate) {

  private static final String ADVICE =
      SettingNames.format(
          "; give these models a ⟨registry⟩ of their own, or ⟨promote⟩ force for a champion of another shape");

  /**
   * The champion of a registry; empty if it has none.
   *
   * @throws InputException if its files cannot be read
   */
  static Optional<Champion> of(Registry registry, Configuration hadoop) throws IOException {
    Optional<Promotion> current = registry.champions().current();
    if (current.isEmpty()) {
      return Optional.empty();
    }
    int version = current.get().version();
    try {
      return Optional.of(
          new Champion(
              version,
              StoredModel.open(registry.version(version), hadoop),
              GateFile.of(registry, version, hadoop)));
    } catch (InputException e) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "the champion, version %d, cannot be used: %s; models rollback goes back to the one before",
              version,
              e.markedMessage()),
          e);
    }
  }

  /** The data that it was trained on; null if its model does not say. */
  Provenance.Data data() {
    Provenance provenance = model.content().provenance();
    return provenance == null ? null : provenance.data();
  }

  /** What rows have to fit if models trained on them are to be compared with the champion. */
  KnownRows knownRows() {
    return model
        .knownRows()
        .from(
            String.format(Locale.ROOT, "the champion, version %d", version),
            SettingNames.format(
                "give ⟨promote⟩ force for a champion of tonight's columns and classes"));
  }

  /**
   * Whether rows, and models trained on them, can be compared with the champion.
   *
   * @param labels C labels of the rows
   */
  boolean isComparable(RowSource rows, List<String> labels) {
    try {
      requireComparable(rows, labels.size());
      return labels.equals(model.model().labels());
    } catch (InputException | InvalidSettingsException e) {
      return false;
    }
  }

  /**
   * Makes sure that rows, and models trained on them, can be compared with the champion.
   *
   * @throws dev.onehot.failure.UserFailure if they have other features or classes
   */
  void requireComparable(RowSource rows, int classes) {
    try {
      model.requireFeaturesOf(rows);
    } catch (InputException e) {
      throw new InputException(e.markedMessage() + ADVICE, e);
    }
    if (model.model().classes() != classes) {
      throw new InvalidSettingsException(
          SettingNames.format(
              "⟨classes⟩ %d: the champion, version %d, has %d%s",
              classes, version, model.model().classes(), ADVICE));
    }
  }

  /**
   * A warning if it may have been trained on rows that are held back now; empty if it held them
   * back, too. The same seed holds back the same rows, and a larger share holds back these and
   * more.
   */
  Optional<String> mayKnow(HeldBackRows rows) {
    Provenance provenance = model.content().provenance();
    Map<String, String> settings =
        provenance == null || provenance.settings() == null ? Map.of() : provenance.settings();
    boolean heldBack =
        settings.containsKey("run-date")
            && Long.toString(rows.seed()).equals(settings.get("seed"))
            && share(settings) >= rows.fraction();
    return heldBack
        ? Optional.empty()
        : Optional.of(
            SettingNames.format(
                "the champion, version %d, was trained with ⟨seed⟩ %s and ⟨validation-fraction⟩ %s, so it may know rows that the gate measures on, and look better than it is",
                version,
                settings.getOrDefault("seed", "unknown"),
                settings.getOrDefault("validation-fraction", "unknown")));
  }

  private static double share(Map<String, String> settings) {
    try {
      return Double.parseDouble(settings.getOrDefault("validation-fraction", "0"));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Why training cannot start from its weights; empty if it can. */
  Optional<String> obstacleToWarmStart(TrainingOptions options) {
    if (options.bias() != null && model.model().hasBias() != options.bias()) {
      return Optional.of(
          SettingNames.format(
              "the champion has %s bias, and ⟨bias⟩ is %s",
              model.model().hasBias() ? "a" : "no", options.bias()));
    }
    return gate.flatMap(file -> file.criterion(Gate.DEAD_CLASSES))
        .filter(criterion -> !criterion.passed())
        .map(criterion -> "the champion has dead classes: " + criterion.figure());
  }
}
