package dev.onehot.train;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.Problems;
import dev.onehot.failure.SettingNames;
import dev.onehot.math.Activation;
import dev.onehot.math.FeatureScaling;
import dev.onehot.math.ScalingKind;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The options of a training.
 *
 * @param iterations the most updates
 * @param optimizer how a gradient becomes an update
 * @param learningRate the step size once warmed up
 * @param warmup iterations over which the learning rate rises linearly; 0 for none
 * @param momentum the share of the last update that is kept (Nesterov), or β₁ (Adam)
 * @param leak the iterations over which the gate closes, see {@link LeakSchedule}; 0 for a gate
 *     that is closed from the start. It matters only to an activation that is a gate
 * @param l2 λ of the penalty {@code λ/2 · ‖W1‖²}; the bias isn't penalised
 * @param activation the function between the logits and the softmax
 * @param bias whether each class has a bias; null for what the scaling asks for, see {@link
 *     #decided}
 * @param seed the seed of NumPy's generator for the initial weights
 * @param initScale the standard deviation of the initial weights
 * @param precondition how the gradient is changed before the optimizer uses it
 * @param scale what the model makes of raw features; null for what the rows ask for, see {@link
 *     #decided}
 * @param classWeights how much the rows of each class count; null if all count as much
 * @param tolerance training stops if the lowest loss falls by less than this share in {@link
 *     EarlyStopping#WINDOW} iterations; 0 for never
 * @param patience training stops after this number of iterations without a lower validation loss,
 *     and goes back to the weights with the lowest; 0 for never
 */
public record TrainingOptions(
    int iterations,
    OptimizerKind optimizer,
    double learningRate,
    int warmup,
    double momentum,
    int leak,
    double l2,
    Activation activation,
    Boolean bias,
    long seed,
    double initScale,
    Preconditioning precondition,
    ScalingKind scale,
    ClassWeights classWeights,
    double tolerance,
    int patience) {

  /**
   * The default of {@code iterations}. The constants below are the other defaults that suit every
   * optimizer.
   */
  public static final int ITERATIONS = 30;

  public static final double L2 = 0;

  public static final long SEED = 1024;
  public static final double INIT_SCALE = 0.001;
  public static final double TOLERANCE = 0;
  public static final int PATIENCE = 0;

  public TrainingOptions {
    new Problems()
        .require(iterations >= 1, "⟨iterations⟩ must be at least 1, not %d", iterations)
        .require(
            learningRate > 0 && learningRate <= Double.MAX_VALUE,
            "⟨learning-rate⟩ must be a number above 0, not %s",
            learningRate)
        .require(warmup >= 0, "⟨warmup⟩ must be 0 or more iterations, not %d", warmup)
        .require(
            momentum >= 0 && momentum < 1, "⟨momentum⟩ must be from 0 to below 1, not %s", momentum)
        .require(leak >= 0, "⟨leak⟩ must be 0 or more iterations, not %d", leak)
        .require(
            l2 >= 0 && l2 <= Double.MAX_VALUE, "⟨l2⟩ must be a number of 0 or more, not %s", l2)
        .require(seed >= 0 && seed <= 0xFFFF_FFFFL, "⟨seed⟩ must be 0 to 4294967295, not %d", seed)
        .require(
            initScale > 0 && initScale <= Double.MAX_VALUE,
            "⟨init-scale⟩ must be a number above 0 (weights of 0 never pass the gate), not %s",
            initScale)
        .require(
            tolerance >= 0 && tolerance < 1,
            "⟨tolerance⟩ must be from 0 to below 1, not %s",
            tolerance)
        .require(patience >= 0, "⟨patience⟩ must be 0 or more iterations, not %d", patience)
        .throwIfAny();
  }

  /**
   * The defaults for a number of features: Nesterov's momentum, and preconditioning by the
   * covariance up to {@link Preconditioning#MOST_FEATURES}, beyond as if features were independent.
   */
  public static TrainingOptions defaults(int features) {
    OptimizerKind optimizer = OptimizerKind.NESTEROV;
    return defaults(optimizer, Preconditioning.defaultFor(optimizer, features));
  }

  /** The defaults for an optimizer and a preconditioner. */
  public static TrainingOptions defaults(OptimizerKind optimizer, Preconditioning precondition) {
    return new TrainingOptions(
        ITERATIONS,
        optimizer,
        optimizer.defaultLearningRate(precondition),
        precondition.defaultWarmup(),
        optimizer.defaultMomentum(precondition),
        LeakSchedule.defaultIterations(precondition.defaultWarmup()),
        L2,
        Activation.RELU,
        null,
        SEED,
        INIT_SCALE,
        precondition,
        null,
        null,
        TOLERANCE,
        PATIENCE);
  }

  /**
   * Makes sure that these options work for rows with that number of features.
   *
   * @throws InvalidSettingsException if they do not
   */
  public void requireFitFor(int features) {
    if (precondition == Preconditioning.COVARIANCE && features > Preconditioning.MOST_FEATURES) {
      throw new InvalidSettingsException(
          SettingNames.format(
              "⟨precondition⟩ covariance takes %,d features at the most, not %,d; give independent",
              Preconditioning.MOST_FEATURES, features));
    }
  }

  /**
   * These options with nothing left open. A class has a bias if nothing was said and the scaling
   * shifts features: then the zero of a feature is no longer the zero of the input, and there is no
   * reason why all logits should be 0 there.
   *
   * @param kind the scaling that is used if none was chosen
   */
  public TrainingOptions decided(ScalingKind kind) {
    TrainingOptions scaled = scale == null ? withScale(kind) : this;
    return bias == null ? scaled.withBias(scaled.scale.isCentred()) : scaled;
  }

  /** Whether each class has a bias, for a model that scales features in this way. */
  public boolean hasBias(FeatureScaling scaling) {
    return bias == null ? scaling.isCentred() : bias;
  }

  /**
   * The values of the settings by name, as in {@code model.json} and checkpoints. Together with the
   * data they decide the bits of a model.
   */
  public Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("iterations", Integer.toString(iterations));
    values.put("optimizer", name(optimizer));
    values.put("learning-rate", Double.toString(learningRate));
    values.put("warmup", Integer.toString(warmup));
    values.put("momentum", Double.toString(momentum));
    values.put("leak", Integer.toString(leak));
    values.put("l2", Double.toString(l2));
    values.put("activation", name(activation));
    if (bias != null) {
      values.put("bias", Boolean.toString(bias));
    }
    values.put("seed", Long.toString(seed));
    values.put("init-scale", Double.toString(initScale));
    values.put("precondition", name(precondition));
    if (scale != null) {
      values.put("scale", name(scale));
    }
    if (classWeights != null) {
      values.put("class-weights", classWeights.toString());
    }
    values.put("tolerance", Double.toString(tolerance));
    values.put("patience", Integer.toString(patience));
    return values;
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** These options with another {@code iterations}. */
  public TrainingOptions withIterations(int value) {
    return with(changed -> changed.iterations = value);
  }

  /** These options with another {@code learningRate}. */
  public TrainingOptions withLearningRate(double value) {
    return with(changed -> changed.learningRate = value);
  }

  /** These options with another {@code warmup}. */
  public TrainingOptions withWarmup(int value) {
    return with(changed -> changed.warmup = value);
  }

  /** These options with another {@code momentum}. */
  public TrainingOptions withMomentum(double value) {
    return with(changed -> changed.momentum = value);
  }

  /** These options with another {@code leak}. */
  public TrainingOptions withLeak(int value) {
    return with(changed -> changed.leak = value);
  }

  /** These options with another {@code l2}. */
  public TrainingOptions withL2(double value) {
    return with(changed -> changed.l2 = value);
  }

  /** These options with another {@code activation}. */
  public TrainingOptions withActivation(Activation value) {
    return with(changed -> changed.activation = value);
  }

  /** These options with another {@code bias}. */
  public TrainingOptions withBias(Boolean value) {
    return with(changed -> changed.bias = value);
  }

  /** These options with another {@code seed}. */
  public TrainingOptions withSeed(long value) {
    return with(changed -> changed.seed = value);
  }

  /** These options with another {@code initScale}. */
  public TrainingOptions withInitScale(double value) {
    return with(changed -> changed.initScale = value);
  }

  /** These options with another {@code scale}. */
  public TrainingOptions withScale(ScalingKind value) {
    return with(changed -> changed.scale = value);
  }

  /** These options with other {@code classWeights}. */
  public TrainingOptions withClassWeights(ClassWeights value) {
    return with(changed -> changed.classWeights = value);
  }

  /** These options with another {@code tolerance}. */
  public TrainingOptions withTolerance(double value) {
    return with(changed -> changed.tolerance = value);
  }

  /** These options with another {@code patience}. */
  public TrainingOptions withPatience(int value) {
    return with(changed -> changed.patience = value);
  }

  private TrainingOptions with(Consumer<Changed> change) {
    Changed changed = new Changed(this);
    change.accept(changed);
    return changed.options();
  }

  /** A copy of the options in which one value can be changed. */
  private static final class Changed {

    private int iterations;
    private OptimizerKind optimizer;
    private double learningRate;
    private int warmup;
    private double momentum;
    private int leak;
    private double l2;
    private Activation activation;
    private Boolean bias;
    private long seed;
    private double initScale;
    private Preconditioning precondition;
    private ScalingKind scale;
    private ClassWeights classWeights;
    private double tolerance;
    private int patience;

    Changed(TrainingOptions options) {
      iterations = options.iterations;
      optimizer = options.optimizer;
      learningRate = options.learningRate;
      warmup = options.warmup;
      momentum = options.momentum;
      leak = options.leak;
      l2 = options.l2;
      activation = options.activation;
      bias = options.bias;
      seed = options.seed;
      initScale = options.initScale;
      precondition = options.precondition;
      scale = options.scale;
      classWeights = options.classWeights;
      tolerance = options.tolerance;
      patience = options.patience;
    }

    TrainingOptions options() {
      return new TrainingOptions(
          iterations,
          optimizer,
          learningRate,
          warmup,
          momentum,
          leak,
          l2,
          activation,
          bias,
          seed,
          initScale,
          precondition,
          scale,
          classWeights,
          tolerance,
          patience);
    }
  }
}
