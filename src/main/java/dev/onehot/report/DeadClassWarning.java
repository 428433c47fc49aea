package dev.onehot.report;

import dev.onehot.failure.SettingNames;
import dev.onehot.train.IterationMetrics;
import dev.onehot.train.TrainingListener;
import dev.onehot.train.TrainingState;
import java.util.BitSet;
import java.util.List;

/**
 * Warns of a dead class: one that has training rows, but no positive logit on any of them. Behind a
 * closed ReLU gate its gradient is 0, and it never recovers by itself. While the gate leaks, no
 * class is dead.
 */
public final class DeadClassWarning implements TrainingListener {

  /** Momentum may revive a class, but hardly after this number of iterations in a row. */
  static final int ITERATIONS = 10;

  private final Warnings warnings;
  private final List<String> classNames;
  private final long[] classCounts;
  private final BitSet warned = new BitSet();

  /** For each class, for how many iterations in a row it had no positive logit. */
  private final int[] closed;

  /**
   * @param classCounts the number of training rows of each class
   */
  public DeadClassWarning(Warnings warnings, List<String> classNames, long[] classCounts) {
    this.warnings = warnings;
    this.classNames = classNames;
    this.classCounts = classCounts;
    closed = new int[classCounts.length];
  }

  @Override
  public void started(TrainingState state) {
    state.history().forEach(this::measured);
  }

  @Override
  public void measured(IterationMetrics metrics) {
    BitSet dead = new BitSet();
    for (int c = 0; c < closed.length; c++) {
      closed[c] = isDead(metrics, c) ? closed[c] + 1 : 0;
      dead.set(c, closed[c] == ITERATIONS);
    }
    warn(dead, "since iteration " + (metrics.iteration() - ITERATIONS + 1));
  }

  /**
   * Warns of the classes that are dead at the final weights, unless it has warned of them before.
   *
   * @param metrics measured at the final weights
   * @return the names of all classes that are dead at these weights
   */
  public List<String> ended(IterationMetrics metrics) {
    BitSet dead = new BitSet();
    for (int c = 0; c < closed.length; c++) {
      dead.set(c, isDead(metrics, c));
    }
    warn(dead, "in the final model");
    return names(dead);
  }

  private boolean isDead(IterationMetrics metrics, int c) {
    return classCounts[c] > 0 && metrics.activeShares()[c] == 0 && metrics.negativeSlope() == 0;
  }

  private List<String> names(BitSet classes) {
    return classes.stream().mapToObj(classNames::get).toList();
  }

  private void warn(BitSet dead, String when) {
    BitSet unknown = (BitSet) dead.clone();
    unknown.andNot(warned);
    if (unknown.isEmpty()) {
      return;
    }
    warned.or(unknown);
    boolean one = unknown.cardinality() == 1;
    warnings.add(
        SettingNames.format(
            one
                ? "class %s is dead %s: no training row has a positive logit for it, so it learns nothing and is not predicted; %s"
                : "classes %s are dead %s: no training row has a positive logit for them, so they learn nothing and are not predicted; %s",
            String.join(", ", names(unknown)),
            when,
            SettingNames.format(
                "raise ⟨leak⟩ or ⟨iterations⟩, lower ⟨learning-rate⟩, give ⟨bias⟩, or use ⟨activation⟩ identity")));
  }
}
