package dev.onehot.report;

import dev.onehot.failure.SettingNames;
import dev.onehot.train.IterationMetrics;
import dev.onehot.train.TrainingListener;
import dev.onehot.train.TrainingState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Warns of a dead class: one with no positive logit on any training row. Behind the ReLU gate its
 * gradient is 0, and it never recovers by itself.
 */
public final class DeadClassWarning implements TrainingListener {

  private final Console console;
  private final List<String> classNames;
  private final Set<String> warned = new HashSet<>();

  public DeadClassWarning(Console console, List<String> classNames) {
    this.console = console;
    this.classNames = classNames;
  }

  @Override
  public void started(TrainingState state) {
    state.history().forEach(this::measured);
  }

  @Override
  public void measured(IterationMetrics metrics) {
    for (String name : deadClasses(metrics, classNames)) {
      if (warned.add(name)) {
        console.line(
            SettingNames.format(
                "warning: class %s is dead since iteration %d: no row has a positive logit for it, so it learns nothing; lower ⟨learning-rate⟩, raise ⟨warmup⟩, try another ⟨seed⟩, or use ⟨activation⟩ identity",
                name, metrics.iteration()));
      }
    }
  }

  /** The names of the classes with no positive logit on any training row. */
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
