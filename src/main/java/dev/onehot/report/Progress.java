package dev.onehot.report;

import dev.onehot.report.Display.Kind;
import dev.onehot.train.IterationMetrics;
import dev.onehot.train.TrainingListener;
import java.util.function.LongSupplier;

/**
 * Shows the progress of training: a live line on a terminal. In a log a line for the first
 * iteration and the last, and between them for each fifth of the iterations, or earlier if a line
 * is due.
 */
public final class Progress implements TrainingListener, AutoCloseable {

  /** Lines in a log of a run that is over in an instant, without its first line. */
  private static final int LOG_LINES = 5;

  private final Console console;
  private final int iterations;
  private final LongSupplier nanos;
  private final Pace pace;
  private final TimeLeft left = new TimeLeft();
  private IterationMetrics latest;
  private long latestAt;
  private IterationMetrics shown;

  /**
   * @param iterations the most updates that there can be
   */
  public Progress(Console console, int iterations) {
    this(console, iterations, System::nanoTime);
  }

  Progress(Console console, int iterations, LongSupplier nanos) {
    this.console = console;
    this.iterations = iterations;
    this.nanos = nanos;
    pace = new Pace(console.kind(), nanos);
  }

  @Override
  public void measured(IterationMetrics metrics) {
    long now = nanos.getAsLong();
    if (latest != null) {
      left.took((now - latestAt) / 1e9);
    }
    latest = metrics;
    latestAt = now;
    if (shown == null || pace.due() || isNextPart(metrics.iteration())) {
      show();
    }
  }

  /** Shows the last iteration, where training has ended before the most updates. */
  public void ended() {
    if (latest != shown) {
      show();
    }
  }

  /** Moves below the live line. */
  @Override
  public void close() {
    console.settle();
  }

  private boolean isNextPart(int iteration) {
    return console.kind() == Kind.LOG && part(iteration) > part(shown.iteration());
  }

  private long part(int iteration) {
    return (long) iteration * LOG_LINES / iterations;
  }

  private void show() {
    console.live(line(latest));
    pace.shown();
    shown = latest;
  }

  private ProgressLine line(IterationMetrics metrics) {
    ProgressLine line =
        new ProgressLine((double) metrics.iteration() / iterations)
            .field(1, "iteration %d/%d", metrics.iteration(), iterations)
            .field(2, "loss %.4f", metrics.loss())
            .field(6, "accuracy %.4f", metrics.accuracy());
    if (metrics.validationLoss() != null) {
      line.field(
          3, "validation %.4f / %.4f", metrics.validationLoss(), metrics.validationAccuracy());
    }
    line.field(7, "%.0f ms", metrics.milliseconds());
    int remaining = iterations - metrics.iteration();
    return left.known() && remaining > 0 ? line.field(4, "%s", left.of(remaining)) : line;
  }
}
