package dev.onehot.nightly;

import dev.onehot.failure.SettingNames;
import dev.onehot.model.StoredProfile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares how many rows each class has. A class is known by its name. */
final class LabelChecks {

  /** More classes than these are counted, not listed. */
  private static final int LISTED = 5;

  private final DataLimits limits;
  private final double level;
  private final List<ClassShift> classes;
  private final ShareShift shift;

  /**
   * @param level a change with a smaller p-value isn't explained by chance
   */
  LabelChecks(StoredProfile then, StoredProfile now, DataLimits limits, double level) {
    this.limits = limits;
    this.level = level;
    Set<String> names = new LinkedHashSet<>(then.classRows().keySet());
    names.addAll(now.classRows().keySet());
    classes =
        names.stream()
            .map(
                name ->
                    new ClassShift(
                        name,
                        then.classRows().getOrDefault(name, 0L),
                        then.rows(),
                        now.classRows().getOrDefault(name, 0L),
                        now.rows()))
            .toList();
    shift =
        ShareShift.of(
            classes.stream().mapToLong(ClassShift::then).toArray(),
            classes.stream().mapToLong(ClassShift::now).toArray());
  }

  /** How far all shares together have moved. */
  ShareShift shift() {
    return shift;
  }

  /** Classes without rows that should have some. */
  List<String> refusals() {
    return absent(true);
  }

  /** Classes that are so rare that chance explains why they have no rows. */
  List<String> notes() {
    return absent(false).stream().map(line -> line + ", so this may be chance").toList();
  }

  private List<String> absent(boolean beyondChance) {
    return listed(
        classes.stream()
            .filter(c -> c.now() == 0 && c.then() > 0)
            .filter(c -> c.test().fewer() < level == beyondChance)
            .toList());
  }

  private static List<String> listed(List<ClassShift> classes) {
    if (classes.size() <= LISTED) {
      return classes.stream().map(ClassShift::absence).toList();
    }
    String names =
        classes.stream().limit(LISTED).map(ClassShift::name).collect(Collectors.joining(", "));
    return List.of(
        SettingNames.format(
            "classes %s and %d more have no rows; the champion's data had %,d of %,d",
            names,
            classes.size() - LISTED,
            classes.stream().mapToLong(ClassShift::then).sum(),
            classes.get(0).rowsThen()));
  }

  /** At most one sentence. */
  List<String> warnings() {
    List<ClassShift> outOfRatio =
        classes.stream()
            .filter(c -> c.ratio() > limits.maxClassRatio() && c.test().pValue() < level)
            .sorted(Comparator.comparingDouble(ClassShift::difference).reversed())
            .toList();
    boolean far =
        shift.pValue() < level
            && (shift.psi() > limits.maxLabelPsi()
                || shift.totalVariation() > limits.maxLabelDistance());
    if (!far && outOfRatio.isEmpty()) {
      return List.of();
    }
    List<ClassShift> named = new ArrayList<>(outOfRatio);
    if (named.isEmpty()) {
      named.add(
          classes.stream().max(Comparator.comparingDouble(ClassShift::difference)).orElseThrow());
    }
    String shares =
        named.stream().limit(LISTED).map(ClassShift::shares).collect(Collectors.joining(", "));
    String more =
        named.size() > LISTED
            ? SettingNames.format(", and %d more classes", named.size() - LISTED)
            : "";
    return List.of(
        SettingNames.format(
            "the classes' shares have drifted: %s%s (limit: %s times as large or as small); of all classes the population stability index is %.3f (limit %s), the total variation distance %.3f (limit %s)",
            shares,
            more,
            limits.maxClassRatio(),
            shift.psi(),
            limits.maxLabelPsi(),
            shift.totalVariation(),
            limits.maxLabelDistance()));
  }
}
