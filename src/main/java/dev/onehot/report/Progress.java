package dev.onehot.report;

import dev.onehot.train.IterationMetrics;
import dev.onehot.train.TrainingListener;
import java.util.Locale;

/** Shows the progress of training: a live line on a terminal, otherwise a line now and then. */
public final class Progress implements TrainingListener {

  private final Console console;
  private final int iterations;
  private long lastShown;
  private boolean shown;

  /**
   * @param iterations the most updates that there can be
   */
  public Progress(Console console, int iterations) {
    this.console = console;
    this.iterations = iterations;
  }

  @Override
  public void measured(IterationMetrics metrics) {
    long now = System.nanoTime();
    boolean last = metrics.iteration() == iterations;
    if (!shown || last || now - lastShown >= console.liveInterval()) {
      console.live(line(metrics));
      lastShown = now;
      shown = true;
    }
  }

  private String line(IterationMetrics metrics) {
    String line =
        String.format(
            Locale.ROOT,
            "iteration %d/%d  loss %.4f  accuracy %.4f",
            metrics.iteration(),
            iterations,
            metrics.loss(),
            metrics.accuracy());
    if (metrics.validationLoss() != null) {
      line +=
          String.format(
              Locale.ROOT,
              "  validation %.4f / %.4f",
              metrics.validationLoss(),
              metrics.validationAccuracy());
    }
    return line + String.format(Locale.ROOT, "  %.0f ms", metrics.milliseconds());
  }
}
