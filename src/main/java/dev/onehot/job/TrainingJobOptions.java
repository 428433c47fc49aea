package dev.onehot.job;

import dev.onehot.checkpoint.CheckpointOptions;
import dev.onehot.checkpoint.TrainingIdentity;
import dev.onehot.data.RowSource;
import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.Problems;
import dev.onehot.failure.SettingNames;
import dev.onehot.math.ScalingKind;
import dev.onehot.model.SoftmaxModel;
import dev.onehot.train.TrainingOptions;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/**
 * The options of a training job.
 *
 * @param data the rows to train and test on
 * @param training how to train
 * @param initFrom the directory of the model to start from; null to start from random weights
 * @param checkpoints where and how often to write checkpoints; null for none
 * @param out the model's directory, new or empty; null for {@code models/<run id>}
 */
public record TrainingJobOptions(
    DataOptions data,
    TrainingOptions training,
    Path initFrom,
    CheckpointOptions checkpoints,
    Path out) {

  /**
   * @throws dev.onehot.failure.InvalidSettingsException if one part contradicts another
   */
  public TrainingJobOptions {
    Path checkpointDirectory = checkpoints == null ? null : checkpoints.directory();
    requireFit(training.patience(), data.validationFraction(), checkpointDirectory, out)
        .throwIfAny();
  }

  /**
   * Checks values from different parts against each other. This also works if one of the parts is
   * invalid by itself.
   *
   * @param checkpoints the checkpoint directory, or null
   * @param out the model's directory, or null
   */
  public static Problems requireFit(
      int patience, double validationFraction, Path checkpoints, Path out) {
    return new Problems()
        .require(
            patience <= 0 || validationFraction > 0,
            "⟨patience⟩ %d needs rows to validate on: set ⟨validation-fraction⟩, such as 0.1",
            patience)
        .require(
            checkpoints == null || !checkpoints.equals(out),
            "⟨checkpoint-dir⟩ and ⟨out⟩ are both %s; the checkpoints need a directory of their own",
            out);
  }

  /** The defaults for rows with that number of features. */
  public static TrainingJobOptions defaults(int features) {
    return new TrainingJobOptions(
        DataOptions.defaults(), TrainingOptions.defaults(features), null, null, null);
  }

  /** These options with other data. */
  public TrainingJobOptions withData(DataOptions other) {
    return new TrainingJobOptions(other, training, initFrom, checkpoints, out);
  }

  /** These options with other training options. */
  public TrainingJobOptions withTraining(TrainingOptions other) {
    return new TrainingJobOptions(data, other, initFrom, checkpoints, out);
  }

  /** These options with checkpoints. */
  public TrainingJobOptions withCheckpoints(CheckpointOptions other) {
    return new TrainingJobOptions(data, training, initFrom, other, out);
  }

  /** These options with another directory for the model. */
  public TrainingJobOptions withOut(Path directory) {
    return new TrainingJobOptions(data, training, initFrom, checkpoints, directory);
  }

  /** These options with a model to start from. */
  public TrainingJobOptions withInitFrom(Path directory) {
    return new TrainingJobOptions(data, training, directory, checkpoints, out);
  }

  /**
   * These options with nothing left open that rows or a model to start from decide: how features
   * are scaled, and whether there is a bias. A model to start from keeps its own.
   *
   * @param sources all is known of their rows
   * @throws InvalidSettingsException if the model to start from scales features in another way than
   *     was asked for
   */
  public TrainingJobOptions decided(Sources sources) {
    StoredModel parent = sources.parent();
    if (parent == null) {
      RowSource rows = sources.training();
      return withTraining(training.decided(ScalingKind.defaultFor(rows.values(), rows.isSparse())));
    }
    ScalingKind kind = ScalingKind.of(parent.scaling());
    if (training.scale() != null && training.scale() != kind) {
      throw new InvalidSettingsException(
          SettingNames.format(
              "⟨init-from⟩ %s: a model of features with ⟨scale⟩ %s, not %s; leave out ⟨scale⟩",
              parent.directory(), name(kind), name(training.scale())));
    }
    TrainingOptions scaled = training.withScale(kind);
    return withTraining(
        training.bias() == null ? scaled.withBias(parent.model().hasBias()) : scaled);
  }

  private static String name(ScalingKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** The training's identity, as far as it is known before any row is read. */
  TrainingIdentity identity(Sources sources) {
    RowSource rows = sources.training();
    Map<String, String> values = new LinkedHashMap<>(training.values());
    values.put("labels", String.join(",", data.labels(rows)));
    values.put("validation-fraction", Double.toString(data.validationFraction()));
    values.put("training rows", Long.toString(rows.rows()));
    rows.pictures()
        .ifPresentOrElse(
            size -> values.put("image size", size.toString()),
            () -> values.put("features", Integer.toString(rows.features())));
    if (sources.parent() != null) {
      SoftmaxModel parent = sources.parent().model();
      values.put("initial W1", parent.w1Sha256());
      if (parent.hasBias()) {
        values.put("initial b1", parent.b1Sha256());
      }
    }
    // Another version may compute other bits.
    values.put(
        "Onehot", String.format(Locale.ROOT, "%s (commit %s)", Build.version(), Build.commit()));
    return TrainingIdentity.of(values);
  }

  /** The values of all settings by name, for the provenance. */
  Map<String, String> values() {
    Map<String, String> values = data.values();
    values.putAll(training.values());
    if (initFrom != null) {
      values.put("init-from", initFrom.toString());
    }
    if (checkpoints != null) {
      values.put("checkpoint-dir", checkpoints.directory().toString());
      values.put("checkpoint-every", Integer.toString(checkpoints.every()));
    }
    if (out != null) {
      values.put("out", out.toString());
    }
    return values;
  }
}
