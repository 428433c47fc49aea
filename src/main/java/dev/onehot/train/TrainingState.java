package dev.onehot.train;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The state that changes during training: the weights, the states of the optimizer, the learning
 * rate and early stopping, and the metrics.
 *
 * <p>The training thread holds this object's monitor while it changes the state. So another thread,
 * such as one that ends the process, can {@link #save} it between two updates without a copy.
 */
public final class TrainingState {

  private static final String WEIGHTS = "weights";

  private final double[] weights;
  private final Optimizer optimizer;
  private final LearningRate learningRate;
  private final EarlyStopping earlyStopping;
  private final MetricsHistory history;

  /** The state that measuring changes, as it was before measuring; null after the update. */
  private Map<String, double[]> beforeMeasuring;

  /** False during an update, and forever if an update fails. */
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
     * Writes a snapshot.
     *
     * @param snapshot holds the arrays that training changes, so it is valid only until this method
     *     returns
     */
    void write(TrainingSnapshot snapshot) throws IOException;
  }

  /**
   * Gives the writer a snapshot of the state after the last update. No update happens meanwhile.
   * May be called on any thread, and also after training.
   *
   * @return false, with nothing written, if an update has failed, so that there is no valid state
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

  /** Restores the state of an earlier training with the same options and data. */
  void restore(TrainingSnapshot snapshot) {
    snapshot.copy(WEIGHTS, weights);
    optimizer.restore(snapshot);
    learningRate.restore(snapshot);
    earlyStopping.restore(snapshot, weights.length);
    history.addAll(snapshot.history());
  }

  /** The metrics so far, by iteration; a view. */
  public synchronized List<IterationMetrics> history() {
    return Collections.unmodifiableList(history);
  }

  /** The number of updates made. */
  public synchronized int iteration() {
    return history.size();
  }

  private Map<String, double[]> measured() {
    Map<String, double[]> arrays = new LinkedHashMap<>();
    learningRate.save(arrays);
    earlyStopping.save(arrays);
    return arrays;
  }

  /** Called before learning rate and early stopping get new metrics. */
  void measuring() {
    beforeMeasuring = measured();
  }

  /** Called before the weights and the optimizer change. */
  void updating() {
    whole = false;
  }

  /** Called when the iteration is complete. */
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
