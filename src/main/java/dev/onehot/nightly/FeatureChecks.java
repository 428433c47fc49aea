package dev.onehot.nightly;

import dev.onehot.failure.SettingNames;
import dev.onehot.model.Provenance;
import dev.onehot.model.StoredProfile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Compares the values of each feature. */
final class FeatureChecks {

  /** How many of the worst features are kept. */
  private static final int WORST = 10;

  private final StoredProfile then;
  private final StoredProfile now;
  private final DataLimits limits;
  private final Integer height;
  private final Integer width;
  private final List<FeatureShift> shifts;
  private final List<FeatureShift> drifted;
  private final List<FeatureShift> withNewValues;
  private final List<FeatureShift> constant;

  /**
   * @param champion the champion's rows, with a whole profile
   * @param today the new rows, with the same number of features and the same bins
   * @param names F names of the features; empty if they have none
   * @param level a change with a smaller p-value isn't explained by chance
   */
  FeatureChecks(
      Provenance.Data champion,
      Provenance.Data today,
      List<String> names,
      DataLimits limits,
      double level) {
    then = champion.profile();
    now = today.profile();
    this.limits = limits;
    height = today.height();
    width = today.width();
    shifts =
        IntStream.range(0, then.features())
            .mapToObj(
                j -> FeatureShift.of(then, now, j, names.isEmpty() ? null : names.get(j), width))
            .toList();
    drifted =
        shifts.stream()
            .filter(
                shift ->
                    shift.shares().psi() > limits.maxFeaturePsi() && shift.shares().pValue() < level
                        || shift.meanShift() > limits.maxMeanShift() && shift.meanPValue() < level)
            .toList();
    withNewValues =
        shifts.stream()
            .filter(shift -> shift.newValues() > limits.maxNewValues())
            .filter(shift -> newRows(shift.newValues()).more() < level)
            .toList();
    constant =
        shifts.stream()
            .filter(shift -> shift.otherValues() > limits.maxNewValues())
            .filter(shift -> lostRows(shift.otherValues()).fewer() < level)
            .toList();
  }

  private RateTest newRows(double share) {
    return RateTest.of(0, then.rows(), Math.round(share * now.rows()), now.rows());
  }

  private RateTest lostRows(double share) {
    return RateTest.of(Math.round(share * then.rows()), then.rows(), 0, now.rows());
  }

  DataFindings.Features figures() {
    return new DataFindings.Features(
        shifts.size(),
        drifted.size(),
        withNewValues.size(),
        constant.size(),
        (int) shifts.stream().filter(FeatureShift::beyondRange).count(),
        mean(now),
        mean(then),
        shifts.stream()
            .sorted(
                Comparator.comparingDouble((FeatureShift shift) -> shift.inLimits(limits))
                    .reversed())
            .limit(WORST)
            .toList());
  }

  private static double mean(StoredProfile profile) {
    return IntStream.range(0, profile.features())
        .mapToDouble(j -> profile.mean()[j])
        .average()
        .orElse(0);
  }

  /** A sentence for each kind of drift. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (!constant.isEmpty()) {
      FeatureShift worst = worst(constant, FeatureShift::otherValues);
      warnings.add(
          SettingNames.format(
              "%,d of %,d features %s one value only today, but varied in the champion's data: %s; %s is always %s, where %.1f %% of the champion's rows had values in another bin (limit %.3g %%)",
              constant.size(),
              shifts.size(),
              have(constant.size()),
              FeatureRuns.words(constant),
              worst.name(),
              number(worst.now().largest()),
              100 * worst.otherValues(),
              100 * limits.maxNewValues()));
    }
    if (!withNewValues.isEmpty()) {
      FeatureShift worst = worst(withNewValues, FeatureShift::newValues);
      warnings.add(
          SettingNames.format(
              "%,d of %,d features %s values in bins where the champion's data had none, most of all %s: %.1f %% of the rows (limit %.3g %%), values %s to %s, in the champion's data %s to %s",
              withNewValues.size(),
              shifts.size(),
              have(withNewValues.size()),
              worst.name(),
              100 * worst.newValues(),
              100 * limits.maxNewValues(),
              number(worst.now().least()),
              number(worst.now().largest()),
              number(worst.then().least()),
              number(worst.then().largest())));
    }
    if (!drifted.isEmpty()) {
      FeatureShift worst = worst(drifted, shift -> shift.inLimits(limits));
      warnings.add(
          SettingNames.format(
              "the values of %,d of %,d features have drifted, most of all those of %s: population stability index %.2f (limit %s), mean %.3g (champion's data %.3g), moved by %.2f standard deviations (limit %s), zeros %.1f %% (%.1f %%); mean of all values %.4g (champion's data %.4g)%s",
              drifted.size(),
              shifts.size(),
              worst.name(),
              worst.shares().psi(),
              limits.maxFeaturePsi(),
              worst.now().mean(),
              worst.then().mean(),
              worst.meanShift(),
              limits.maxMeanShift(),
              100 * worst.now().zeros(),
              100 * worst.then().zeros(),
              mean(now),
              mean(then),
              centres()));
    }
    return warnings;
  }

  private static String have(int features) {
    return features == 1 ? "has" : "have";
  }

  private static FeatureShift worst(
      List<FeatureShift> shifts, ToDoubleFunction<FeatureShift> measure) {
    return shifts.stream().max(Comparator.comparingDouble(measure)).orElseThrow();
  }

  /** Whole numbers without decimal places. */
  private static String number(double value) {
    return value == Math.rint(value)
        ? SettingNames.format("%.0f", value)
        : SettingNames.format("%.4g", value);
  }

  /** Where the middle of the mean picture is; empty if the rows are no pictures. */
  private String centres() {
    if (height == null || width == null || mean(now) <= 0 || mean(then) <= 0) {
      return "";
    }
    return SettingNames.format(
        "; centre of mass of the pictures at row %.1f, column %.1f (champion's data %.1f, %.1f)",
        centre(now, j -> j / width),
        centre(now, j -> j % width),
        centre(then, j -> j / width),
        centre(then, j -> j % width));
  }

  private static double centre(StoredProfile profile, IntUnaryOperator place) {
    double sum = 0;
    double moment = 0;
    for (int j = 0; j < profile.features(); j++) {
      sum += profile.mean()[j];
      moment += profile.mean()[j] * place.applyAsInt(j);
    }
    return moment / sum;
  }
}
