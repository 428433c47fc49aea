package dev.onehot.job;

import dev.onehot.data.DataProfile;
import dev.onehot.data.HeldBackRows;
import dev.onehot.data.RowSource;
import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.SettingNames;
import dev.onehot.math.RowBlock;
import dev.onehot.report.Console;
import dev.onehot.report.RowsProgress;
import dev.onehot.report.Warnings;
import dev.onehot.train.KernelWarmUp;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The rows of a training, loaded.
 *
 * @param training the rows to train on, with those held back; they are cached
 * @param test the rows to test on, checked but not cached; null for none
 * @param secondsLoading the time to read, check and cache all rows, in seconds
 */
public record TrainingData(LoadedRows training, LoadedRows test, double secondsLoading)
    implements AutoCloseable {

  /**
   * Loads the rows of all sources, and decides how features are scaled. Meanwhile a warm-up makes
   * the JVM compile the kernel.
   *
   * @param classes C
   * @throws InvalidSettingsException if no row is left to train on, or none to validate on although
   *     the training would stop by validation
   */
  static TrainingData load(
      JavaSparkContext spark,
      Sources sources,
      TrainingJobOptions options,
      int classes,
      Console console,
      Warnings warnings) {
    long start = System.nanoTime();
    Loading loading = new Loading(spark, options.data(), classes, console, warnings);
    HeldBackRows heldBack = options.data().heldBack(options.training().seed());
    JavaRDD<RowBlock> blocks =
        KernelWarmUp.during(
            loading.blocks(sources.training(), heldBack),
            sources.training().values(),
            options.training(),
            classes);
    LoadedRows raw = loading.load(sources.training(), "training rows", blocks);
    LoadedRows training =
        raw.withScaling(
            sources.parent() == null
                ? raw.profile().scaling(options.training().scale())
                : sources.parent().scaling());
    sources.training().forget();
    checkHeldBack(training.profile(), heldBack, options.training().patience(), warnings);
    LoadedRows test = null;
    if (sources.test() != null) {
      // So that broken rows are found before any training. They are read again for the evaluation.
      test = loading.check(sources.test(), "test rows");
    }
    return new TrainingData(training, test, (System.nanoTime() - start) / 1e9);
  }

  /** Chance picks the rows that are held back, so of few rows it may pick none, or all. */
  private static void checkHeldBack(
      DataProfile rows, HeldBackRows heldBack, int patience, Warnings warnings) {
    if (rows.trainingRows() == 0) {
      throw new InvalidSettingsException(
          SettingNames.format(
              "⟨validation-fraction⟩ %s holds back all %d rows; lower it",
              heldBack.fraction(), rows.rows()));
    }
    if (heldBack.fraction() == 0 || rows.trainingRows() < rows.rows()) {
      return;
    }
    String none =
        SettingNames.format(
            "⟨validation-fraction⟩ %s holds back none of the %d rows",
            heldBack.fraction(), rows.rows());
    if (patience > 0) {
      throw new InvalidSettingsException(
          SettingNames.format("%s, but ⟨patience⟩ %d needs some; raise it", none, patience));
    }
    warnings.add(none + ", so there is no validation; raise it");
  }

  /** Lets Spark forget the rows. */
  @Override
  public void close() {
    training.blocks().unpersist(false);
  }

  private record Loading(
      JavaSparkContext spark,
      DataOptions options,
      int classes,
      Console console,
      Warnings warnings) {

    JavaRDD<RowBlock> blocks(RowSource source, HeldBackRows heldBack) {
      int partitions = options.partitions(source, Cores.of(spark));
      return source.blocks(spark, partitions, heldBack, console::line);
    }

    LoadedRows load(RowSource source, String name, JavaRDD<RowBlock> blocks) {
      LoadedRows rows =
          followed(
              source,
              name,
              progress -> LoadedRows.load(spark, source, name, blocks, classes, progress));
      CachedBlocks cached = rows.cached(spark);
      if (cached.spilled()) {
        warnings.add(cached.spillWarning(name, spark.isLocal()));
      }
      return rows;
    }

    LoadedRows check(RowSource source, String name) {
      JavaRDD<RowBlock> blocks = blocks(source, HeldBackRows.none());
      return followed(
          source,
          name,
          progress -> LoadedRows.check(spark, source, name, blocks, classes, progress));
    }

    /** Says what is read, and shows how far it is. */
    private LoadedRows followed(
        RowSource source, String name, Function<LongConsumer, LoadedRows> reading) {
      String size =
          source
              .pictures()
              .map(value -> String.format(Locale.ROOT, "%s pixels", value))
              .orElseGet(() -> String.format(Locale.ROOT, "%,d features", source.features()));
      console.line(
          String.format(
              Locale.ROOT,
              "%s: %,d of %s from %s",
              name,
              source.rows(),
              size,
              source.description()));
      try {
        return reading.apply(new RowsProgress(console, "read", source.rows()));
      } finally {
        console.erase();
      }
    }
  }
}
