package dev.onehot.nightly;

import dev.onehot.failure.SettingNames;
import dev.onehot.model.Provenance;
import dev.onehot.model.StoredProfile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Checks the rows of a night before they are trained on, against the profile of the champion's
 * rows.
 *
 * <p>Drift is an alarm only if it is both large, whatever the number of rows, and beyond what
 * chance explains, whatever the number of features and classes ({@link DataLimits#falseAlarms}).
 */
public final class DataChecks {

  private final DataLimits limits;

  public DataChecks(DataLimits limits) {
    this.limits = limits;
  }

  /**
   * Checks rows of features without names.
   *
   * @param champion what the champion was trained on; null without a champion, or if nothing is
   *     known of it
   * @param today the new rows, with their profile
   */
  public DataFindings of(Provenance.Data champion, Provenance.Data today) {
    return of(champion, today, List.of());
  }

  /**
   * Checks rows.
   *
   * @param champion what the champion was trained on; null without a champion, or if nothing is
   *     known of it
   * @param today the new rows, with their profile
   * @param names F names of the features; empty if they have none
   */
  public DataFindings of(Provenance.Data champion, Provenance.Data today, List<String> names) {
    StoredProfile now = today.profile();
    List<String> refusals = new ArrayList<>(alone(now));
    if (champion == null) {
      return new DataFindings(refusals, List.of(), List.of(), now.rows(), null, 0, null, null);
    }
    StoredProfile then = champion.profile();
    if (then == null || !then.isWhole()) {
      List<String> notes =
          List.of(
              then == null
                  ? "the champion's model carries no profile of its data, so there is nothing to compare with"
                  : "the profile of the champion's data is damaged, so there is nothing to compare with");
      return new DataFindings(refusals, List.of(), notes, now.rows(), null, 0, null, null);
    }
    refusals.addAll(sizes(then, now));
    List<String> warnings = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    double level = limits.level(tests(then, now));
    ShareShift labels = null;
    DataFindings.Features features = null;
    if (now.rows() > 0) {
      LabelChecks classes = new LabelChecks(then, now, limits, level);
      refusals.addAll(classes.refusals());
      warnings.addAll(classes.warnings());
      notes.addAll(classes.notes());
      labels = classes.shift();
    }
    if (!then.hasFeatures() || !now.hasFeatures()) {
      notes.add("there are too many features to compare each with the champion's data");
    } else if (!Arrays.equals(then.binStarts(), now.binStarts())
        || (then.exponents() == null) != (now.exponents() == null)) {
      notes.add(
          "the champion's profile counts values in other bins, so the features are not compared");
    } else if (now.rows() > 0 && then.features() == now.features()) {
      FeatureChecks values = new FeatureChecks(champion, today, names, limits, level);
      warnings.addAll(values.warnings());
      features = values.figures();
    }
    return new DataFindings(
        refusals, warnings, notes, now.rows(), then.rows(), level, labels, features);
  }

  private List<String> alone(StoredProfile now) {
    List<String> refusals = new ArrayList<>();
    if (now.rows() < limits.minRows()) {
      refusals.add(
          SettingNames.format(
              "there are %,d rows to train on, fewer than ⟨min-rows⟩ (%,d)",
              now.rows(), limits.minRows()));
    }
    if (now.rows() > 0
        && now.hasFeatures()
        && Arrays.stream(now.zeros()).allMatch(zeros -> zeros == now.rows())) {
      refusals.add(SettingNames.format("all values of the %,d rows are 0", now.rows()));
    }
    return refusals;
  }

  private List<String> sizes(StoredProfile then, StoredProfile now) {
    List<String> refusals = new ArrayList<>();
    if (now.rows() < limits.minRowsShare() * then.rows()) {
      refusals.add(
          SettingNames.format(
              "there are %,d rows to train on, %.3f of the champion's %,d; ⟨min-rows-share⟩ is %s",
              now.rows(), (double) now.rows() / then.rows(), then.rows(), limits.minRowsShare()));
    }
    if (now.features() != then.features()) {
      refusals.add(
          SettingNames.format(
              "the rows have %,d features, the champion's data had %,d",
              now.features(), then.features()));
    }
    return refusals;
  }

  /** How many tests a night is put to, at most. */
  private static long tests(StoredProfile then, StoredProfile now) {
    // Index, mean, new values and one value for a feature; absence and share for a class; all
    // shares.
    long features = now.hasFeatures() ? now.features() : 0;
    return 4 * features + 2L * (then.classRows().size() + now.classRows().size()) + 1;
  }
}
