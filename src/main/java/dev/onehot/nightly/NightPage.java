package dev.onehot.nightly;

import dev.onehot.model.StoredProfile;
import dev.onehot.report.page.Night;
import dev.onehot.report.page.Night.Check;
import dev.onehot.report.page.Night.FeatureDrift;
import dev.onehot.report.page.Night.LabelShare;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What the page of a version says of the night that made it. */
final class NightPage {

  private NightPage() {}

  static Night of(NightRecord night, GateVerdict verdict, RowChecks rows, DataLimits limits) {
    return new Night(
        switch (night.status()) {
          case PROMOTED -> Night.Status.PROMOTED;
          case REFUSED -> Night.Status.REFUSED;
          default -> Night.Status.KEPT;
        },
        night.message(),
        verdict.criteria().stream()
            .map(
                c ->
                    new Night.Criterion(c.name(), c.figure(), c.limit(), c.champion(), c.refusal()))
            .toList(),
        rows.champion() == null ? null : data(rows, limits));
  }

  private static Night.DataChecks data(RowChecks rows, DataLimits limits) {
    DataFindings findings = rows.findings();
    List<String> sentences = new ArrayList<>(rows.warnings());
    List<Check> checks = new ArrayList<>();
    if (findings.labels() != null) {
      ShareShift labels = findings.labels();
      checks.add(
          check(
              "population stability index of the classes",
              labels.psi(),
              limits.maxLabelPsi(),
              findings.mayBeChance(labels)));
      checks.add(
          check(
              "share of rows of other classes",
              labels.totalVariation(),
              limits.maxLabelDistance(),
              findings.mayBeChance(labels)));
    }
    if (rows.predictions() != null) {
      ChampionOnNewRows champion = rows.predictions();
      checks.add(
          new Check(
              "accuracy of the champion on the new rows",
              text("%.4f, it was %.4f", champion.accuracy(), champion.formerAccuracy()),
              text("at most %s lower", limits.maxAccuracyDrop()),
              champion.warning() == null));
    }
    if (findings.features() == null) {
      return new Night.DataChecks(sentences, checks, List.of(), null);
    }
    DataFindings.Features features = findings.features();
    checks.add(
        new Check(
            "features that have drifted",
            text("%,d of %,d", features.drifted(), features.compared()),
            "0",
            features.drifted() == 0));
    checks.add(
        new Check(
            "features with new values",
            text("%,d", features.withNewValues()),
            "0",
            features.withNewValues() == 0));
    checks.add(
        new Check(
            "features with one value only that had others",
            text("%,d", features.constant()),
            "0",
            features.constant() == 0));
    return new Night.DataChecks(
        sentences,
        checks,
        shares(rows.champion().profile(), rows.today().profile()),
        drift(rows.champion().profile(), rows.today().profile(), limits));
  }

  private static Check check(String name, double figure, double limit, boolean mayBeChance) {
    return new Check(name, text("%.4f", figure), text("%s", limit), figure <= limit || mayBeChance);
  }

  private static List<LabelShare> shares(StoredProfile then, StoredProfile now) {
    return now.classRows().entrySet().stream()
        .map(
            share ->
                new LabelShare(
                    share.getKey(),
                    (double) then.classRows().getOrDefault(share.getKey(), 0L) / then.rows(),
                    (double) share.getValue() / now.rows()))
        .toList();
  }

  private static FeatureDrift drift(StoredProfile then, StoredProfile now, DataLimits limits) {
    return new FeatureDrift(
        "population stability index",
        IntStream.range(0, now.features())
            .mapToDouble(j -> FeatureShift.of(then, now, j, null, null).shares().psi())
            .toArray(),
        limits.maxFeaturePsi());
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
