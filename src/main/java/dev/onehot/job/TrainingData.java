package dev.onehot.job;

import dev.onehot.data.HeldBackRows;
import dev.onehot.data.RowSource;
import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.SettingNames;
import dev.onehot.math.RowBlock;
import dev.onehot.report.Console;
import dev.onehot.train.KernelWarmUp;
import java.util.Locale;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The rows of a training, loaded.
 *
 * @param training rows that are trained on or held back
 * @param test rows that the model is tested on; null for none
 * @param secondsLoading reading, checking and caching all of them
 */
public record TrainingData(LoadedRows training, LoadedRows test, double secondsLoading)
    implements AutoCloseable {

  /**
   * Loads the rows of all sources, and has the kernel compiled meanwhile.
   *
   * @throws InvalidSettingsException if no row is left to train on
   */
  static TrainingData load(
      JavaSparkContext spark, Sources sources, TrainingJobOptions options, Console console) {
    long start = System.nanoTime();
    Loading loading = new Loading(spark, options.data(), console);
    HeldBackRows heldBack = options.data().heldBack(options.training().seed());
    JavaRDD<RowBlock> blocks =
        KernelWarmUp.during(
            loading.blocks(sources.training(), heldBack),
            sources.training().values(),
            options.training(),
            options.data().classes());
    LoadedRows training = loading.load(sources.training(), "training rows", blocks);
    LoadedRows test = null;
    if (sources.test() != null) {
      JavaRDD<RowBlock> testBlocks = loading.blocks(sources.test(), HeldBackRows.none());
      test = loading.load(sources.test(), "test rows", testBlocks);
    }
    if (training.profile().trainingRows() == 0) {
      throw new InvalidSettingsException(
          SettingNames.format(
              "⟨validation-fraction⟩ %s holds back all %d rows; lower it",
              heldBack.fraction(), training.profile().rows()));
    }
    return new TrainingData(training, test, (System.nanoTime() - start) / 1e9);
  }

  /** Lets Spark forget the rows. */
  @Override
  public void close() {
    training.blocks().unpersist(false);
    if (test != null) {
      test.blocks().unpersist(false);
    }
  }

  private record Loading(JavaSparkContext spark, DataOptions options, Console console) {

    JavaRDD<RowBlock> blocks(RowSource source, HeldBackRows heldBack) {
      int partitions = options.partitions(source, spark.defaultParallelism());
      return source.blocks(spark, partitions, heldBack, console::line);
    }

    LoadedRows load(RowSource source, String name, JavaRDD<RowBlock> blocks) {
      String size =
          source
              .pictures()
              .map("%s pixels"::formatted)
              .orElseGet(() -> String.format(Locale.ROOT, "%,d features", source.features()));
      console.line(
          String.format(
              Locale.ROOT,
              "%s: %,d of %s from %s",
              name,
              source.rows(),
              size,
              source.description()));
      LoadedRows rows = LoadedRows.load(spark, source, name, blocks, options.classes());
      CachedBlocks cached = rows.cached(spark);
      if (cached.spilled()) {
        console.line(cached.spillWarning(name, spark.isLocal()));
      }
      return rows;
    }
  }
}
