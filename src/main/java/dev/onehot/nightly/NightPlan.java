package dev.onehot.nightly;

import dev.onehot.data.HeldBackRows;
import dev.onehot.data.KnownRows;
import dev.onehot.job.Sources;
import dev.onehot.job.TrainingJobOptions;
import dev.onehot.registry.Registry;
import dev.onehot.report.Console;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What a night will do, as far as headers of files tell; no rows have been read.
 *
 * @param champions the number of the champion's file when the night began; 0 for none
 * @param champion the champion that the new model has to stand against; empty without one, or if it
 *     has other columns or classes
 * @param version the number of the new version
 * @param sources the rows, and the champion's weights for a warm start
 * @param options of the training
 */
record NightPlan(
    int champions,
    Optional<Champion> champion,
    int version,
    Sources sources,
    TrainingJobOptions options) {

  /**
   * Opens the data, and reads them once if it isn't known how many rows they are.
   *
   * @param spark starts Spark; asked only if rows are read
   * @throws dev.onehot.failure.UserFailure if data are missing or broken, or do not fit the
   *     champion
   */
  static NightPlan of(
      NightlyOptions options,
      NightlyOptions.Training training,
      Registry registry,
      History history,
      Configuration hadoop,
      Supplier<JavaSparkContext> spark,
      Console console)
      throws IOException {
    int champions = registry.champions().last();
    Optional<Champion> champion = Champion.of(registry, hadoop);
    KnownRows known = known(options, champion);
    Sources rows = Sources.open(options.data(), known, hadoop, console::line);
    if (!rows.isSurveyed()) {
      rows = rows.surveyed(spark.get(), known, console);
    }
    if (champion.isPresent()) {
      if (options.promote() != PromotionMode.FORCE) {
        champion
            .get()
            .requireComparable(rows.training(), options.data().classNames(rows.training()).size());
      } else if (!champion
          .get()
          .isComparable(rows.training(), options.data().labels(rows.training()))) {
        console.line(
            "the champion has other columns or classes, so the new model is not compared with it");
        champion = Optional.empty();
      }
    }
    int version = registry.nextVersion(history.highestVersion());
    TrainingJobOptions job =
        new TrainingJobOptions(
            options.dataFor(rows.test() != null),
            training.of(rows.training().features()),
            null,
            options.checkpoints(registry.checkpoints()),
            registry.version(version));
    NightPlan cold = new NightPlan(champions, champion, version, rows, job);
    return options.warmStart() && champion.isPresent()
        ? cold.fromWeightsOf(champion.get(), console)
        : cold;
  }

  /** What tonight's rows have to fit: the champion's classes, which may not all occur tonight. */
  private static KnownRows known(NightlyOptions options, Optional<Champion> champion) {
    return champion.isPresent() && options.promote() != PromotionMode.FORCE
        ? champion.get().knownRows()
        : options.data().known();
  }

  /** C names, in the order of the classes. */
  List<String> classNames() {
    return options.data().classNames(sources.training());
  }

  /** The training rows that are held back. */
  HeldBackRows heldBack() {
    return options.data().heldBack(options.training().seed());
  }

  /** What is wrong with comparing both models; empty if nothing is. */
  Optional<String> unfairness() {
    return sources.test() == null
        ? champion.flatMap(current -> current.mayKnow(heldBack()))
        : Optional.empty();
  }

  /** Notes what the run's record says of it. */
  void noteIn(NightNotes notes) {
    champion.ifPresent(current -> notes.champion(current.version()));
    notes.version(version);
  }

  private NightPlan fromWeightsOf(Champion parent, Console console) {
    Optional<String> obstacle = parent.obstacleToWarmStart(options.training());
    if (obstacle.isPresent()) {
      console.line("training starts from random weights: " + obstacle.get());
      return this;
    }
    Path location = parent.model().location();
    return new NightPlan(
        champions,
        champion,
        version,
        new Sources(sources.training(), sources.test(), parent.model()),
        options.withInitFrom(location));
  }
}
