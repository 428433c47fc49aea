package dev.onehot.nightly;

import dev.onehot.evaluate.Comparison;
import dev.onehot.evaluate.ConfusionMatrix;
import dev.onehot.evaluate.Evaluation;
import dev.onehot.evaluate.McNemarTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Erf;

/**
 * Decides whether a challenger may take the champion's place. Both were measured on the same rows,
 * which neither was trained on.
 *
 * @param limits how much worse it may be
 * @param classNames C names
 */
record Gate(GateLimits limits, List<String> classNames) {

  /** The name of the criterion that no class is dead. */
  static final String DEAD_CLASSES = "dead classes";

  private static final String ACCURACY = "accuracy";

  /**
   * The quantile of the normal distribution that is exceeded in {@link GateLimits#SIGNIFICANCE}.
   */
  private static final double QUANTILE = Math.sqrt(2) * Erf.erfInv(1 - 2 * GateLimits.SIGNIFICANCE);

  /**
   * A challenger.
   *
   * @param evaluation how it does on the rows
   * @param comparison how the champion differs on the same rows; null without a champion
   * @param deadClasses the names of its dead classes
   * @param files what is wrong with its files; empty if nothing is
   */
  record Challenger(
      Evaluation evaluation,
      Comparison comparison,
      List<String> deadClasses,
      Optional<String> files) {}

  /** The verdict on a challenger. */
  GateVerdict judge(Challenger challenger) {
    Evaluation own = challenger.evaluation();
    List<Criterion> criteria = new ArrayList<>();
    criteria.add(files(challenger.files()));
    criteria.add(deadClasses(challenger.deadClasses()));
    if (challenger.comparison() == null) {
      guess(own.confusion()).ifPresent(criteria::add);
    } else {
      Evaluation champion = challenger.comparison().other();
      criteria.add(accuracy(own.accuracy(), champion.accuracy()));
      criteria.add(logLoss(own.loss(), champion.loss()));
      criteria.add(chance(challenger.comparison(), own.accuracy()));
    }
    criteria.add(recall(own.confusion(), challenger.comparison()));
    return new GateVerdict(sentence(criteria, challenger), criteria);
  }

  private static String sentence(List<Criterion> criteria, Challenger challenger) {
    for (Criterion criterion : criteria) {
      if (!criterion.passed()) {
        return criterion.refusal();
      }
    }
    Evaluation own = challenger.evaluation();
    if (challenger.comparison() == null) {
      return text(
          "accuracy %.4f and log loss %.4f on %,d rows, with no champion to compare with",
          own.accuracy(), own.loss(), own.rows());
    }
    Criterion accuracy = find(criteria, ACCURACY);
    return text(
        "accuracy %s on %,d rows (limit %s, champion %s), log loss %.4f (champion %.4f)",
        accuracy.figure(),
        own.rows(),
        accuracy.limit(),
        accuracy.champion(),
        own.loss(),
        challenger.comparison().other().loss());
  }

  private static Criterion find(List<Criterion> criteria, String name) {
    return criteria.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }

  private static Criterion files(Optional<String> problem) {
    return new Criterion(
        "published files",
        problem.isEmpty() ? "load, and score alike" : "do not fit",
        "load, and score alike",
        null,
        problem.orElse(null));
  }

  private static Criterion deadClasses(List<String> dead) {
    return new Criterion(
        DEAD_CLASSES,
        dead.isEmpty() ? "none" : String.join(", ", dead),
        "none",
        null,
        dead.isEmpty()
            ? null
            : text(
                "%s %s dead behind the gate of the activation, and none may be",
                dead.size() == 1 ? "class" : "classes",
                String.join(", ", dead) + (dead.size() == 1 ? " is" : " are")));
  }

  /**
   * A first model must know more than which class is the most frequent, by more than chance
   * explains: a guess is right on a number of rows that is about normally distributed.
   */
  private Optional<Criterion> guess(ConfusionMatrix confusion) {
    int most = 0;
    for (int c = 1; c < confusion.classes(); c++) {
      if (confusion.weightOf(c) > confusion.weightOf(most)) {
        most = c;
      }
    }
    double guess = confusion.weightOf(most) / confusion.weight();
    if (guess == 1) {
      return Optional.empty();
    }
    double accuracy = confusion.accuracy();
    double limit = guess + QUANTILE * Math.sqrt(guess * (1 - guess) / confusion.rows());
    return Optional.of(
        new Criterion(
            ACCURACY,
            figure(accuracy),
            "above " + figure(limit),
            null,
            accuracy > limit
                ? null
                : text(
                    "accuracy %.4f is not above %.4f, which a guess reaches by chance on %,d rows: always naming class %s is right on %.4f of them",
                    accuracy, limit, confusion.rows(), classNames.get(most), guess)));
  }

  private Criterion accuracy(double own, double champion) {
    double limit = champion - limits.maxAccuracyLoss();
    return new Criterion(
        ACCURACY,
        figure(own),
        figure(limit),
        figure(champion),
        own >= limit
            ? null
            : text(
                "accuracy %.4f is below %.4f, the champion's %.4f less a margin of %s",
                own, limit, champion, limits.maxAccuracyLoss()));
  }

  private Criterion logLoss(double own, double champion) {
    double limit = champion * (1 + limits.maxLossIncrease());
    return new Criterion(
        "log loss",
        figure(own),
        figure(limit),
        figure(champion),
        own <= limit
            ? null
            : text(
                "log loss %.4f is above %.4f, the champion's %.4f and a margin of %s of it",
                own, limit, champion, limits.maxLossIncrease()));
  }

  private static Criterion chance(Comparison comparison, double own) {
    McNemarTest test = comparison.test();
    boolean worse = comparison.onlyThisRight() < comparison.onlyOtherRight();
    boolean refused = worse && test.pValue() < GateLimits.SIGNIFICANCE;
    return new Criterion(
        "chance (McNemar)",
        text("p = %.3g", test.pValue()),
        text("p at least %s if worse", GateLimits.SIGNIFICANCE),
        text(
            "alone right on %,d rows, the challenger on %,d",
            comparison.onlyOtherRight(), comparison.onlyThisRight()),
        refused
            ? text(
                "accuracy %.4f is worse than the champion's %.4f by more than chance explains: the champion alone is right on %,d rows, the challenger alone on %,d, p = %.2g, and the limit is %s (McNemar's test)",
                own,
                comparison.other().accuracy(),
                comparison.onlyOtherRight(),
                comparison.onlyThisRight(),
                test.pValue(),
                GateLimits.SIGNIFICANCE)
            : null);
  }

  private Criterion recall(ConfusionMatrix confusion, Comparison comparison) {
    // Nothing is known of a class without rows.
    int worst =
        IntStream.range(0, confusion.classes())
            .filter(c -> confusion.support(c) > 0)
            .boxed()
            .min((a, b) -> Double.compare(recall(confusion, a), recall(confusion, b)))
            .orElseThrow();
    double own = recall(confusion, worst);
    String name = classNames.get(worst);
    String champion =
        comparison == null ? null : figure(recall(comparison.other().confusion(), worst));
    return new Criterion(
        "recall of the worst class",
        text("%.4f (class %s)", own, name),
        figure(limits.minRecall()),
        champion,
        own >= limits.minRecall()
            ? null
            : text(
                "recall %.4f of class %s is below the floor of %s%s",
                own,
                name,
                limits.minRecall(),
                champion == null ? "" : ", and the champion has " + champion));
  }

  private static double recall(ConfusionMatrix confusion, int c) {
    return confusion.metrics(c).recall();
  }

  private static String figure(double value) {
    return text("%.4f", value);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
