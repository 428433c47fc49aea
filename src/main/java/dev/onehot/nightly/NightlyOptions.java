package dev.onehot.nightly;

import dev.onehot.checkpoint.CheckpointOptions;
import dev.onehot.failure.Problems;
import dev.onehot.job.DataOptions;
import dev.onehot.job.Dates;
import dev.onehot.registry.Retention;
import dev.onehot.train.TrainingOptions;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import org.apache.hadoop.fs.Path;

/**
 * The options of a run of the nightly job.
 *
 * @param registry the registry's directory
 * @param data the rows, with the run date
 * @param checkpointEvery iterations between two checkpoints
 * @param waitForData how long to wait for the data of the run's days; null for not at all
 * @param maxTime how long the run may take; null for no limit
 * @param again whether to train anew although the run date is done
 * @param warmStart whether to train from the champion's weights
 * @param promote whether the model becomes the champion
 * @param checks how far the rows may be from the champion's
 * @param gate how much worse than the champion it may be
 * @param retention which versions are kept
 * @param metrics the file for a Prometheus textfile collector; null for none
 * @param webhook where the record of the run is posted; null for nowhere
 */
public record NightlyOptions(
    Path registry,
    DataOptions data,
    int checkpointEvery,
    Duration waitForData,
    Duration maxTime,
    boolean again,
    boolean warmStart,
    PromotionMode promote,
    DataLimits checks,
    GateLimits gate,
    Retention retention,
    Path metrics,
    URI webhook) {

  /** The share of rows to hold back for the gate if there are no rows to test on. */
  public static final double HELD_BACK = 0.1;

  /**
   * @throws dev.onehot.failure.InvalidSettingsException if one part contradicts another
   */
  public NightlyOptions {
    boolean dated =
        Dates.isDated(data.data()) || Dates.isDated(data.train()) || Dates.isDated(data.test());
    new Problems()
        .require(
            dated || data.dates().days() == Dates.DAYS,
            "⟨days⟩ %d needs a path that holds {date}",
            data.dates().days())
        .require(dated || waitForData == null, "⟨wait-for-data⟩ needs a path that holds {date}")
        .throwIfAny();
  }

  /** The date whose data are trained on. */
  LocalDate runDate() {
    return data.dates().runDate();
  }

  /** Checkpoints of this run's date. */
  CheckpointOptions checkpoints(Path folder) {
    return new CheckpointOptions(new Path(folder, runDate().toString()), checkpointEvery, true);
  }

  /** The rows, with some held back for the gate if there are none to test on. */
  DataOptions dataFor(boolean tested) {
    return tested || data.validationFraction() > 0 ? data : data.withValidationFraction(HELD_BACK);
  }

  /** How to train, for a number of features. */
  @FunctionalInterface
  public interface Training {

    /** The options for rows with that many features. */
    TrainingOptions of(int features);
  }
}
