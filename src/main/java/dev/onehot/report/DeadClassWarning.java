package dev.onehot.report;

import dev.onehot.train.IterationMetrics;
import dev.onehot.train.TrainingListener;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Warns of a class as soon as no training row has a positive logit for it: behind the ReLU gate it
 * gets no gradient any more, and never comes back by itself.
 */
public final class DeadClassWarning implements TrainingListener {

  private final Console console;
  private final List<String> classNames;
  private final BitSet warned = new BitSet();

  public DeadClassWarning(Console console, List<String> classNames) {
    this.console = console;
    this.classNames = classNames;
  }

  @Override
  public void measured(IterationMetrics metrics) {
    for (int c = 0; c < classNames.size(); c++) {
      if (metrics.activeShares()[c] == 0 && !warned.get(c)) {
        warned.set(c);
        console.line(
            "warning: class %s is dead since iteration %d: no row has a positive logit for it, so it learns nothing; lower --learning-rate, raise --warmup, try another --seed, or use --activation identity"
                .formatted(classNames.get(c), metrics.iteration()));
      }
    }
  }

  /** The names of the classes that no row has a positive logit for. */
  public static List<String> deadClasses(IterationMetrics metrics, List<String> classNames) {
    List<String> dead = new ArrayList<>();
    for (int c = 0; c < classNames.size(); c++) {
      if (metrics.activeShares()[c] == 0) {
        dead.add(classNames.get(c));
      }
    }
    return dead;
  }
}
