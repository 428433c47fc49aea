package dev.onehot.job;

import dev.onehot.data.KnownRows;
import dev.onehot.data.RowSource;
import dev.onehot.data.digits.GeneratedDigits;
import dev.onehot.data.digits.GeneratedSource;
import dev.onehot.data.npy.NpyPart;
import dev.onehot.failure.InputException;
import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.SettingNames;
import dev.onehot.report.Console;
import dev.onehot.report.RowsProgress;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What a training reads. Headers and lengths of all files of rows have been checked, but no rows
 * have been read.
 *
 * @param training the rows to train on
 * @param test the rows to test on; null for none
 * @param parent the model to start from; null to start from random weights
 */
public record Sources(RowSource training, RowSource test, StoredModel parent) {

  /**
   * @throws InputException if there are no rows to train on, or if the rows to test on or the model
   *     to start from have other features
   */
  public Sources {
    Objects.requireNonNull(training, "rows to train on");
    if (training.isSurveyed() && training.rows() < 1) {
      throw new InputException(
          String.format(Locale.ROOT, "%s: has no rows", training.description()));
    }
    if (test != null && test.isSurveyed() && training.isSurveyed()) {
      test.requireFeaturesOf(training);
    }
    if (parent != null && training.isSurveyed()) {
      parent.requireFeaturesOf(training);
    }
  }

  /** Rows to train on from random weights, and rows to test on or null. */
  public Sources(RowSource training, RowSource test) {
    this(training, test, null);
  }

  /**
   * Opens what the options name: the rows, and the model to start from.
   *
   * @param notes gets warnings about files that may not be the ones that were meant
   * @throws InputException if a file is missing or broken, or doesn't fit the others
   */
  public static Sources open(
      TrainingJobOptions options, Configuration hadoop, Consumer<String> notes) {
    if (options.initFrom() == null) {
      return open(options.data(), hadoop, notes);
    }
    StoredModel parent = StoredModel.open(options.initFrom(), hadoop);
    Sources rows = open(options.data(), fitting(parent, options.data()), hadoop, notes);
    return new Sources(rows.training, rows.test, parent);
  }

  /**
   * Opens the sources that the options name.
   *
   * @throws InputException if a file is missing or broken, or doesn't fit the others
   */
  public static Sources open(DataOptions options, Configuration hadoop) {
    return open(options, hadoop, note -> {});
  }

  /**
   * Opens the sources that the options name.
   *
   * @param notes gets warnings about files that may not be the ones that were meant
   * @throws InputException if a file is missing or broken, or doesn't fit the others
   */
  public static Sources open(DataOptions options, Configuration hadoop, Consumer<String> notes) {
    return open(options, options.known(), hadoop, notes);
  }

  /**
   * Opens the sources that the options name.
   *
   * @param known what the rows to train on have to fit
   * @param notes gets warnings about files that may not be the ones that were meant
   * @throws InputException if a file is missing or broken, or doesn't fit the others
   */
  public static Sources open(
      DataOptions options, KnownRows known, Configuration hadoop, Consumer<String> notes) {
    RowInputs inputs = new RowInputs(options.formats(), hadoop, notes);
    long mostRows = options.trainRows() == null ? Long.MAX_VALUE : options.trainRows();
    if (options.data() != null) {
      return inputs.folders(options.paths(options.data()), known, mostRows);
    }
    if (options.train() != null) {
      RowSource training =
          inputs.rows(options.paths(options.train()), NpyPart.TRAIN, known, true, mostRows);
      return new Sources(
          training,
          options.test() == null
              ? null
              : inputs.rows(
                  options.paths(options.test()),
                  NpyPart.TEST,
                  fitting(training, known),
                  true,
                  Long.MAX_VALUE));
    }
    GeneratedSource builtIn =
        options.dates() == null
            ? GeneratedSource.builtInTraining(mostRows)
            : GeneratedSource.ofDay(options.dates().runDate(), mostRows);
    inputs.refuseFeatures(builtIn.description());
    if (options.classes() != null && options.classes() < GeneratedDigits.CLASSES) {
      throw new InvalidSettingsException(
          SettingNames.format(
              "%s: have %d classes, not %d; give ⟨classes⟩ %d or leave it out, or name other data",
              builtIn.description(),
              GeneratedDigits.CLASSES,
              options.classes(),
              GeneratedDigits.CLASSES));
    }
    return new Sources(builtIn, GeneratedSource.builtInTest());
  }

  /**
   * What rows have to fit that a training from a model goes on with. Not its labels if another
   * number of classes is asked for, which is refused where all of them are known.
   */
  private static KnownRows fitting(StoredModel parent, DataOptions options) {
    KnownRows known = parent.knownRows();
    return options.classes() == null || options.classes() == known.labels().size()
        ? known
        : new KnownRows(
                known.features(), known.featureNames(), options.known().labels(), known.means())
            .from(known.origin(), known.change());
  }

  /** What rows to test on have to fit, as far as it is known before any row is read. */
  static KnownRows fitting(RowSource training, KnownRows known) {
    return training.isSurveyed()
        ? training.known()
        : new KnownRows(0, training.featureNames(), known.labels(), null)
            .fromRows(training.description());
  }

  /**
   * The same sources when all is known of their rows. Rows whose number isn't known before they are
   * read are read once, and stay in Spark's cache.
   *
   * @param known what the rows to train on have to fit
   * @throws InputException if rows are bad, or don't fit the others
   */
  public Sources surveyed(JavaSparkContext spark, KnownRows known, Console console) {
    if (isSurveyed()) {
      return this;
    }
    KnownRows fit = parent == null ? known : parent.knownRows();
    RowSource rows = survey(spark, training, fit, "training rows", console);
    RowSource others =
        test == null ? null : survey(spark, test, rows.known(), "test rows", console);
    return new Sources(rows, others, parent);
  }

  /** Whether all is known of the rows. */
  public boolean isSurveyed() {
    return training.isSurveyed() && (test == null || test.isSurveyed());
  }

  /** Reads rows once if their number isn't known, and shows how far it is. */
  static RowSource survey(
      JavaSparkContext spark, RowSource rows, KnownRows known, String name, Console console) {
    if (rows.isSurveyed()) {
      return rows;
    }
    spark.setJobDescription("read " + name);
    try {
      return rows.surveyed(
          spark,
          known,
          Cores.of(spark),
          console::line,
          new RowsProgress(console, "read", RowsProgress.UNKNOWN));
    } finally {
      console.erase();
    }
  }
}
