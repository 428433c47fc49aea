package dev.onehot.job;

import dev.onehot.model.Provenance;
import dev.onehot.model.SoftmaxModel;
import dev.onehot.report.Console;
import dev.onehot.report.Warnings;
import dev.onehot.train.IterationMetrics;
import dev.onehot.train.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Trains a model again from its provenance, and compares the bits. Writes nothing.
 *
 * <p>What differs is named in this order: the parent, the data, the version, the first iteration
 * with another loss. A setting that differs is found when the {@link RecordedTraining} is opened.
 */
public final class ReproduceJob {

  private final JavaSparkContext spark;
  private final RecordedTraining recorded;
  private final Sources sources;
  private final Console console;

  /**
   * @param recorded what is known of the training
   * @param opened the opened sources, from {@link RecordedTraining#open}
   * @param console shows progress and messages for the user
   */
  public ReproduceJob(
      JavaSparkContext spark, RecordedTraining recorded, Sources opened, Console console) {
    this.spark = spark;
    this.recorded = recorded;
    this.sources = opened.surveyed(spark, recorded.knownRows(), console);
    this.console = console;
  }

  /**
   * Trains and compares.
   *
   * @throws dev.onehot.failure.UserFailure if the training cannot be repeated, and the user can
   *     mend the reason
   */
  public Reproduction run() {
    Provenance provenance = recorded.provenance();
    Optional<String> parent = otherParent(provenance.parent());
    if (parent.isPresent()) {
      return new Reproduction(null, parent.get(), null);
    }
    ModelTraining training =
        new ModelTraining(spark, sources, recorded.options(), console, new Warnings(console));
    try (TrainingData data = training.load()) {
      Optional<String> rows =
          otherRows(provenance.data(), data.training().provenance(training.classNames()));
      if (rows.isPresent()) {
        return new Reproduction(null, rows.get(), null);
      }
      FirstDifference first = new FirstDifference(recorded.history());
      SoftmaxModel again = training.train(data, null, List.of(first)).model();
      return compare(again, first);
    }
  }

  private Optional<String> otherParent(Provenance.Parent then) {
    Provenance.Parent now = sources.parent() == null ? null : sources.parent().provenance();
    if (then == null) {
      return Optional.empty();
    }
    if (!then.w1Sha256().equals(now.w1Sha256())) {
      return Optional.of(parent(now, "W1", now.w1Sha256(), then.w1Sha256()));
    }
    return Objects.equals(then.b1Sha256(), now.b1Sha256())
        ? Optional.empty()
        : Optional.of(parent(now, "b1", now.b1Sha256(), then.b1Sha256()));
  }

  private static String parent(Provenance.Parent parent, String what, String now, String then) {
    return String.format(
        Locale.ROOT,
        "the parent %s: it has %s %s now, %s when the model was trained",
        parent.directory(),
        what,
        now,
        then);
  }

  private static Optional<String> otherRows(Provenance.Data then, Provenance.Data now) {
    if (then.fingerprint().equals(now.fingerprint())) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "the data: %,d rows of fingerprint %s now (%s), %,d of %s when the model was trained (%s)",
            now.rows(),
            now.fingerprint(),
            now.source(),
            then.rows(),
            then.fingerprint(),
            then.source()));
  }

  private Reproduction compare(SoftmaxModel again, FirstDifference first) {
    SoftmaxModel model = recorded.model().model();
    String w1 = again.w1Sha256();
    boolean same =
        w1.equals(model.w1Sha256())
            && String.valueOf(again.b1Sha256()).equals(String.valueOf(model.b1Sha256()));
    Optional<String> version = otherVersion();
    if (same) {
      return new Reproduction(w1, null, version.orElse(null));
    }
    String iteration = first.found().orElse("the weights, but no iteration's loss that is known");
    return version
        .map(other -> new Reproduction(w1, other, "first different: " + iteration))
        .orElseGet(() -> new Reproduction(w1, iteration, null));
  }

  private Optional<String> otherVersion() {
    Provenance provenance = recorded.provenance();
    if (Build.version().equals(provenance.onehot())
        && Build.commit().equals(provenance.gitCommit())) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "the version: this is Onehot %s (commit %s), the model is of %s (commit %s)",
            Build.version(),
            Build.commit(),
            provenance.onehot(),
            provenance.gitCommit()));
  }

  /** Looks for the first iteration whose loss is not the recorded one. */
  private static final class FirstDifference implements TrainingListener {

    private final List<IterationMetrics> then;
    private final List<IterationMetrics> now = new ArrayList<>();

    FirstDifference(List<IterationMetrics> then) {
      this.then = then;
    }

    @Override
    public void measured(IterationMetrics metrics) {
      now.add(metrics);
    }

    Optional<String> found() {
      if (then.isEmpty()) {
        return Optional.empty();
      }
      for (int i = 0; i < Math.max(now.size(), then.size()); i++) {
        if (i >= now.size() || i >= then.size()) {
          return Optional.of(
              String.format(
                  Locale.ROOT,
                  "the number of iterations: %d now, %d when the model was trained",
                  now.size() - 1,
                  then.size() - 1));
        }
        if (now.get(i).loss() != then.get(i).loss()) {
          return Optional.of(
              String.format(
                  Locale.ROOT,
                  "iteration %d: its loss is %s now, %s when the model was trained%s",
                  i,
                  now.get(i).loss(),
                  then.get(i).loss(),
                  i == 0 ? " (already with the initial weights)" : ""));
        }
      }
      return Optional.empty();
    }
  }
}
