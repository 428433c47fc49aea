package dev.onehot.train;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What changes while training: the weights, what the optimizer, the learning rate and early
 * stopping remember, and what was measured.
 *
 * <p>The training thread changes it under its monitor, so that another thread, such as one that
 * ends the process, can {@link #save} it between two updates without any copies being made.
 */
public final class TrainingState {

  private static final String WEIGHTS = "weights";

  private final double[] weights;
  private final Optimizer optimizer;
  private final LearningRate learningRate;
  private final EarlyStopping earlyStopping;
  private final MetricsHistory history;

  /** What measuring changes, as it was before; null unless an update is still to come. */
  private Map<String, double[]> beforeMeasuring;

  /** False while the weights are being updated, and for good if that fails. */
  private boolean whole = true;

  TrainingState(TrainingOptions options, double[] weights) {
    this.weights = weights;
    learningRate = new LearningRate(options.learningRate(), options.warmup());
    optimizer = options.optimizer().create(weights.length, options.momentum());
    earlyStopping = new EarlyStopping(options.tolerance(), options.patience());
    history = new MetricsHistory(options.iterations());
  }

  /** Writes a snapshot somewhere. */
  @FunctionalInterface
  public interface SnapshotWriter {

    /**
     * @param snapshot holds the living arrays: valid until this returns
     */
    void write(TrainingSnapshot snapshot) throws IOException;
  }

  /**
   * Hands out a snapshot as of the last update, and lets no update happen meanwhile. May be called
   * on any thread, and when training is over, too.
   *
   * @return false, with nothing written, if an update failed, so that there is none
   */
  public synchronized boolean save(SnapshotWriter writer) throws IOException {
    if (!whole) {
      return false;
    }
    Map<String, double[]> arrays = new LinkedHashMap<>();
    arrays.put(WEIGHTS, weights);
    optimizer.save(arrays);
    arrays.putAll(beforeMeasuring == null ? measured() : beforeMeasuring);
    writer.write(new TrainingSnapshot(arrays, history()));
    return true;
  }

  /** Becomes what an earlier training of the same options and data was. */
  void restore(TrainingSnapshot snapshot) {
    snapshot.copy(WEIGHTS, weights);
    optimizer.restore(snapshot);
    learningRate.restore(snapshot);
    earlyStopping.restore(snapshot, weights.length);
    history.addAll(snapshot.history());
  }

  /** What was measured so far, by iteration; a view. */
  public synchronized List<IterationMetrics> history() {
    return Collections.unmodifiableList(history);
  }

  /** How many updates were made. */
  public synchronized int iteration() {
    return history.size();
  }

  private Map<String, double[]> measured() {
    Map<String, double[]> arrays = new LinkedHashMap<>();
    learningRate.save(arrays);
    earlyStopping.save(arrays);
    return arrays;
  }

  /** Learning rate and early stopping are about to hear of new metrics. */
  void measuring() {
    beforeMeasuring = measured();
  }

  /** Weights and optimizer are about to change. */
  void updating() {
    whole = false;
  }

  /** The iteration is complete. */
  void updated(IterationMetrics metrics) {
    history.add(metrics);
    beforeMeasuring = null;
    whole = true;
  }

  double[] weights() {
    return weights;
  }

  Optimizer optimizer() {
    return optimizer;
  }

  LearningRate learningRate() {
    return learningRate;
  }

  EarlyStopping earlyStopping() {
    return earlyStopping;
  }
}
