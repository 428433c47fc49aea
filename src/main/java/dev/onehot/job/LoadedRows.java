package dev.onehot.job;

import dev.onehot.checkpoint.TrainingIdentity;
import dev.onehot.data.DataProfile;
import dev.onehot.data.ImageShape;
import dev.onehot.data.RowSource;
import dev.onehot.math.FeatureScaling;
import dev.onehot.math.FeatureValues;
import dev.onehot.math.RowBlock;
import dev.onehot.model.Provenance;
import dev.onehot.model.StoredProfile;
import dev.onehot.report.Redaction;
import dev.onehot.train.ClassWeights;
import dev.onehot.train.TrainingSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.RDDInfo;
import org.apache.spark.storage.StorageLevel;

/**
 * Rows that have been read, checked and cached.
 *
 * @param name what the rows are, such as {@code training rows}
 * @param source the source of the rows
 * @param blocks the rows as blocks, named
 * @param profile the profile of the rows
 * @param values what blocks hold, and what the model makes of it
 * @param classes C
 */
public record LoadedRows(
    String name,
    RowSource source,
    JavaRDD<RowBlock> blocks,
    DataProfile profile,
    FeatureValues values,
    int classes) {

  /**
   * Reads, profiles and caches all rows of a source.
   *
   * @param name the name of the rows in Spark's UI
   * @param blocks the source's blocks, perhaps passed through a function
   * @param classes labels are 0 … C − 1
   * @param progress gets the number of rows that have been read so far, on any thread
   */
  public static LoadedRows load(
      JavaSparkContext spark,
      RowSource source,
      String name,
      JavaRDD<RowBlock> blocks,
      int classes,
      LongConsumer progress) {
    blocks.persist(StorageLevel.MEMORY_AND_DISK());
    return check(spark, source, name, blocks, classes, progress);
  }

  /**
   * Reads and profiles all rows of a source, and forgets them again.
   *
   * @param name the name of the rows in Spark's UI
   * @param blocks the source's blocks
   * @param classes labels are 0 … C − 1
   * @param progress gets the number of rows read now and then
   */
  public static LoadedRows check(
      JavaSparkContext spark,
      RowSource source,
      String name,
      JavaRDD<RowBlock> blocks,
      int classes,
      LongConsumer progress) {
    blocks.setName(name);
    spark.setJobDescription("load " + name);
    DataProfile profile = DataProfile.of(blocks, source, classes, progress);
    return new LoadedRows(name, source, blocks, profile, source.values(), classes);
  }

  /** The same rows for a model that scales features in this way. */
  LoadedRows withScaling(FeatureScaling scaling) {
    return new LoadedRows(name, source, blocks, profile, values.withScaling(scaling), classes);
  }

  /**
   * The rows in the form that a trainer needs.
   *
   * @param classWeights how much the rows of each class count; null if all count as much
   * @param classNames C names
   */
  public TrainingSet trainingSet(ClassWeights classWeights, List<String> classNames) {
    return new TrainingSet(
        blocks,
        source.description(),
        profile.fingerprint(),
        profile.trainingRows(),
        profile.rows() - profile.trainingRows(),
        classes,
        values,
        profile.meanSquares(values.scaling()),
        classWeights == null ? null : classWeights.of(classNames, profile.classCounts()));
  }

  /** The part of a training's identity that these rows decide. */
  TrainingIdentity identity() {
    return TrainingIdentity.of(Map.of("data fingerprint", fingerprint()));
  }

  /**
   * The provenance of the rows, for a model's files.
   *
   * @param classNames C names
   */
  public Provenance.Data provenance(List<String> classNames) {
    return new Provenance.Data(
        Redaction.uris(source.description()),
        source.files().stream().map(Redaction::uris).toList(),
        profile.rows(),
        profile.trainingRows(),
        source.pictures().map(ImageShape::height).orElse(null),
        source.pictures().map(ImageShape::width).orElse(null),
        fingerprint(),
        StoredProfile.of(classNames, profile.classCounts(), profile.totals(), values));
  }

  /** 64 bits of all rows, in hexadecimal. */
  String fingerprint() {
    return String.format(Locale.ROOT, "%016x", profile.fingerprint());
  }

  /** How much of the blocks is cached in memory and on disk now. */
  CachedBlocks cached(JavaSparkContext spark) {
    for (RDDInfo info : spark.sc().getRDDStorageInfo()) {
      if (info.id() == blocks.id()) {
        return new CachedBlocks(info.memSize(), info.diskSize());
      }
    }
    return new CachedBlocks(0, 0);
  }
}
