package dev.onehot.nightly;

import dev.onehot.failure.BusyException;
import dev.onehot.failure.SettingNames;
import dev.onehot.job.TrainingClaim;
import dev.onehot.train.IterationMetrics;
import dev.onehot.train.TrainingListener;
import dev.onehot.train.TrainingState;
import java.time.Duration;
import java.util.Locale;
import org.apache.hadoop.fs.Path;

/** Ends a training in order when its time is up: with a checkpoint, for the next run. */
final class TimeLimit implements TrainingListener {

  private final Duration limit;
  private final long end;
  private TrainingClaim claim;

  /**
   * Begins now.
   *
   * @param limit the time; null for no limit
   */
  TimeLimit(Duration limit) {
    this.limit = limit;
    end = limit == null ? 0 : System.nanoTime() + limit.toNanos();
  }

  private boolean isOver() {
    return limit != null && System.nanoTime() - end > 0;
  }

  /**
   * Ends the run if its time is up before it trains.
   *
   * @throws BusyException if it is
   */
  void require() {
    if (isOver()) {
      throw over("the next run begins anew", null);
    }
  }

  /** The listener of one training. */
  TrainingListener of(TrainingClaim training) {
    claim = training;
    return this;
  }

  @Override
  public void measured(IterationMetrics metrics) {}

  @Override
  public void updated(TrainingState state) {
    if (isOver()) {
      Path checkpoint = claim.saveLastCheckpoint();
      throw over(
          checkpoint == null
              ? "no checkpoint could be written, and so the next run begins anew"
              : String.format(
                  Locale.ROOT,
                  "the next run goes on after %d updates, from %s",
                  state.iteration(),
                  checkpoint),
          null);
    }
  }

  private BusyException over(String what, Exception cause) {
    return new BusyException(
        SettingNames.format(
            "⟨max-minutes⟩ %s: the time is up; %s",
            limit.toMillis() % 60_000 == 0
                ? Long.toString(limit.toMinutes())
                : Double.toString(limit.toMillis() / 60e3),
            what),
        cause);
  }
}
