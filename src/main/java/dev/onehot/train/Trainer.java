package dev.onehot.train;

import dev.onehot.failure.SettingNames;
import dev.onehot.failure.TrainingException;
import dev.onehot.math.GradientSum;
import dev.onehot.math.LegacyNumpyRandom;
import dev.onehot.math.RoundedWeights;
import dev.onehot.math.RowStatistics;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.RandomAccess;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Full-batch training: measure the gradient, update the weights, repeat. The weights are kept in
 * float64 on the driver.
 */
public final class Trainer {

  private static final double NANOS_PER_MILLI = 1e6;

  private final TrainingOptions options;
  private final LeakSchedule leak;
  private final List<TrainingListener> listeners;

  public Trainer(TrainingOptions options, List<TrainingListener> listeners) {
    this.options = options;
    leak = LeakSchedule.of(options);
    this.listeners = List.copyOf(listeners);
  }

  /**
   * The bytes of the gradients that reach the driver in one iteration.
   *
   * @param weights how many weights there are, with those of a bias
   * @param partitions the parts of the rows, each of which has a gradient
   */
  public static long bytesForDriver(long weights, int partitions) {
    return DistributedGradient.bytesForDriver(weights, partitions);
  }

  /**
   * Trains from NumPy's initial weights.
   *
   * @throws TrainingException if the loss stops being a finite number
   * @throws dev.onehot.failure.InputException if the rows change during training
   */
  public TrainingResult train(JavaSparkContext spark, TrainingSet data) {
    return train(spark, data, initialWeights(data.features(), data.classes(), inputs(data)));
  }

  /**
   * Trains from given weights; the momentum starts at rest.
   *
   * @param initial W1, F × C, row after row, and behind it b1, C numbers, if there is a bias; not
   *     changed
   * @throws TrainingException if the loss stops being a finite number
   * @throws dev.onehot.failure.InputException if the rows change during training
   */
  public TrainingResult train(JavaSparkContext spark, TrainingSet data, double[] initial) {
    if (initial.length != inputs(data) * data.classes()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d initial weights for %d inputs and %d classes",
              initial.length,
              inputs(data),
              data.classes()));
    }
    return train(spark, data, new TrainingState(options, initial.clone()));
  }

  private int inputs(TrainingSet data) {
    return hasBias(data) ? data.features() + 1 : data.features();
  }

  private boolean hasBias(TrainingSet data) {
    return options.hasBias(data.values().scaling());
  }

  /**
   * Continues a training with the same options and data from a snapshot. The result has the same
   * bits as without the interruption.
   *
   * @throws TrainingException if the loss stops being a finite number
   */
  public TrainingResult resume(
      JavaSparkContext spark, TrainingSet data, TrainingSnapshot snapshot) {
    TrainingState state = new TrainingState(options, new double[inputs(data) * data.classes()]);
    state.restore(snapshot);
    return train(spark, data, state);
  }

  private TrainingResult train(JavaSparkContext spark, TrainingSet data, TrainingState state) {
    DistributedGradient gradient = new DistributedGradient(spark, data);
    Preconditioner preconditioner =
        options.precondition().create(spark, data, options.l2(), hasBias(data));
    listeners.forEach(listener -> listener.started(state));
    while (true) {
      int iteration = state.iteration();
      long start = System.nanoTime();
      spark.setJobDescription("iteration " + iteration + ": gradient");
      RoundedWeights rounded = round(state.weights(), data, iteration);
      GradientSum sum = gradient.at(rounded);
      synchronized (state) {
        Measured measured = measure(state, data, rounded, sum, start);
        Optional<String> reasonToStop = reasonToStop(state, measured.metrics());
        if (reasonToStop.isPresent()) {
          return result(state, data, measured.metrics(), reasonToStop.get());
        }
        update(state, preconditioner, measured);
      }
      listeners.forEach(listener -> listener.updated(state));
    }
  }

  /**
   * The measurements at the weights that the update needs.
   *
   * @param metrics the metrics
   * @param gradient the averaged gradient of loss and penalty
   * @param lossRose whether the loss is higher than before, so that momentum restarts
   */
  private record Measured(IterationMetrics metrics, double[] gradient, boolean lossRose) {}

  private Measured measure(
      TrainingState state, TrainingSet data, RoundedWeights rounded, GradientSum sum, long start) {
    int iteration = state.iteration();
    double[] weights = state.weights();
    L2Penalty penalty = new L2Penalty(options.l2(), weightsOfFeatures(data));
    double[] gradient = sum.average(rounded, data.values());
    penalty.addGradient(weights, gradient);
    double loss = sum.training().loss(rounded) + penalty.of(weights);
    state.measuring();
    boolean rose = options.optimizer().slowsDown() && state.learningRate().slowDown(loss);
    double rate = state.learningRate().at(iteration);
    double elapsed = (System.nanoTime() - start) / NANOS_PER_MILLI;
    IterationMetrics metrics =
        metrics(iteration, rounded, sum, gradient, penalty.of(weights), rate, elapsed);
    if (!Double.isFinite(metrics.loss() + metrics.penalty())) {
      throw diverged(iteration);
    }
    listeners.forEach(listener -> listener.measured(metrics));
    return new Measured(metrics, gradient, rose);
  }

  private Optional<String> reasonToStop(TrainingState state, IterationMetrics metrics) {
    Optional<String> early = state.earlyStopping().reasonToStop(metrics, state.weights());
    return early.isEmpty() && metrics.iteration() == options.iterations()
        ? Optional.of("all iterations done")
        : early;
  }

  private static void update(
      TrainingState state, Preconditioner preconditioner, Measured measured) {
    preconditioner.apply(measured.gradient());
    state.updating();
    if (measured.lossRose()) {
      state.optimizer().restart();
    }
    state
        .optimizer()
        .update(state.weights(), measured.gradient(), measured.metrics().learningRate());
    state.updated(measured.metrics());
  }

  private static int weightsOfFeatures(TrainingSet data) {
    return data.features() * data.classes();
  }

  /** {@code initScale · randn}, row after row; biases start at 0. */
  private double[] initialWeights(int features, int classes, int inputs) {
    double[] weights = new double[inputs * classes];
    LegacyNumpyRandom random = new LegacyNumpyRandom(options.seed());
    for (int i = 0; i < features * classes; i++) {
      weights[i] = options.initScale() * random.nextGaussian();
    }
    return weights;
  }

  private RoundedWeights round(double[] weights, TrainingSet data, int iteration) {
    try {
      return RoundedWeights.of(
              weights,
              data.features(),
              data.classes(),
              hasBias(data),
              options.activation(),
              data.values(),
              data.trainingRows() + data.heldBackRows())
          .withNegativeSlope(leak.negativeSlope(iteration))
          .withClassWeights(data.classWeights());
    } catch (ArithmeticException e) {
      throw diverged(iteration);
    }
  }

  private TrainingException diverged(int iteration) {
    return new TrainingException(
        SettingNames.format(
            "training diverged at iteration %d: the loss is no longer a finite number; lower ⟨learning-rate⟩ (now %s) or raise ⟨warmup⟩ (now %d)",
            iteration, options.learningRate(), options.warmup()));
  }

  private IterationMetrics metrics(
      int iteration,
      RoundedWeights rounded,
      GradientSum sum,
      double[] average,
      double penalty,
      double learningRate,
      double milliseconds) {
    RowStatistics training = sum.training();
    RowStatistics heldBack = sum.heldBack();
    double squares = 0;
    for (double g : average) {
      squares += g * g;
    }
    boolean validated = heldBack.rows() > 0;
    return new IterationMetrics(
        iteration,
        training.loss(rounded),
        penalty,
        training.accuracy(),
        Math.sqrt(squares),
        learningRate,
        rounded.negativeSlope(),
        training.undecided(),
        training.activeShares(),
        validated ? heldBack.loss(rounded) : null,
        validated ? heldBack.accuracy() : null,
        milliseconds);
  }

  private TrainingResult result(
      TrainingState state, TrainingSet data, IterationMetrics last, String stopped) {
    EarlyStopping stopping = state.earlyStopping();
    boolean goBack = stopping.best() != null;
    double[] weights = goBack ? stopping.bestWeights() : state.weights();
    int ofFeatures = weightsOfFeatures(data);
    return new TrainingResult(
        hasBias(data) ? Arrays.copyOf(weights, ofFeatures) : weights,
        hasBias(data) ? Arrays.copyOfRange(weights, ofFeatures, weights.length) : null,
        goBack ? stopping.best() : last,
        last.iteration(),
        stopped,
        new WithLast(state.history(), last));
  }

  /** The metrics before each update, and those after the last one. */
  private static final class WithLast extends AbstractList<IterationMetrics>
      implements RandomAccess {

    private final List<IterationMetrics> before;
    private final IterationMetrics last;

    WithLast(List<IterationMetrics> before, IterationMetrics last) {
      this.before = before;
      this.last = last;
    }

    @Override
    public IterationMetrics get(int index) {
      return index == before.size() ? last : before.get(index);
    }

    @Override
    public int size() {
      return before.size() + 1;
    }
  }
}
