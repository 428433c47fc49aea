package dev.onehot.train;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Decides whether training should stop. With patience, it remembers the weights with the lowest
 * validation loss. It judges only behind a closed gate: before, losses are of another model.
 */
final class EarlyStopping {

  /**
   * The iterations over which progress is judged, since with momentum the loss rises now and then.
   */
  static final int WINDOW = 10;

  private static final String STATE = "earlyStopping";
  private static final String BEST_WEIGHTS = "earlyStopping.bestWeights";

  private final double tolerance;
  private final int patience;

  private double lowestLoss = Double.POSITIVE_INFINITY;
  private double lowestAtMark = Double.POSITIVE_INFINITY;
  private int mark;

  private IterationMetrics best;
  private double[] bestWeights;

  EarlyStopping(double tolerance, int patience) {
    this.tolerance = tolerance;
    this.patience = patience;
  }

  /**
   * Why training should stop at these weights; empty if it should go on.
   *
   * @param weights the weights at which the metrics were measured; copied if they are the best so
   *     far
   */
  Optional<String> reasonToStop(IterationMetrics metrics, double[] weights) {
    if (metrics.negativeSlope() > 0) {
      return Optional.empty();
    }
    if (patience > 0) {
      if (best == null || metrics.validationLoss() < best.validationLoss()) {
        best = metrics;
        bestWeights = weights.clone();
      } else if (metrics.iteration() - best.iteration() >= patience) {
        return Optional.of(
            String.format(Locale.ROOT, "no lower validation loss for %d iterations", patience));
      }
    }
    double loss = metrics.loss() + metrics.penalty();
    lowestLoss = Math.min(lowestLoss, loss);
    if (lowestAtMark == Double.POSITIVE_INFINITY) {
      mark = metrics.iteration();
      lowestAtMark = loss;
    } else if (tolerance > 0 && metrics.iteration() - mark >= WINDOW) {
      if (lowestAtMark - lowestLoss < tolerance * Math.abs(lowestAtMark)) {
        return Optional.of(
            String.format(
                Locale.ROOT, "the loss fell by less than %s in %d iterations", tolerance, WINDOW));
      }
      mark = metrics.iteration();
      lowestAtMark = lowestLoss;
    }
    return Optional.empty();
  }

  /** The metrics with the lowest validation loss; null without patience. */
  IterationMetrics best() {
    return best;
  }

  /** The weights that {@link #best} was measured at. */
  double[] bestWeights() {
    return bestWeights;
  }

  /** Adds the named arrays that later decisions depend on. Does not copy them. */
  void save(Map<String, double[]> arrays) {
    int bestIteration = best == null ? -1 : best.iteration();
    arrays.put(STATE, new double[] {lowestLoss, lowestAtMark, mark, bestIteration});
    if (best != null) {
      arrays.put(BEST_WEIGHTS, bestWeights);
    }
  }

  /**
   * Restores the state that {@link #save} saved.
   *
   * @param size the number of weights
   */
  void restore(TrainingSnapshot snapshot, int size) {
    double[] state = snapshot.array(STATE, 4);
    lowestLoss = state[0];
    lowestAtMark = state[1];
    mark = (int) state[2];
    if (state[3] >= 0) {
      best = snapshot.history().get((int) state[3]);
      bestWeights = snapshot.array(BEST_WEIGHTS, size);
    }
  }
}
