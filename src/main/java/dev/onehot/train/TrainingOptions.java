package dev.onehot.train;

import dev.onehot.failure.Problems;
import dev.onehot.math.Activation;

/**
 * How to train.
 *
 * @param iterations updates at the most
 * @param optimizer how a gradient becomes an update
 * @param learningRate the step size once warmed up
 * @param warmup iterations over which the learning rate rises linearly; 0 for none
 * @param momentum the share of the last update that is kept (Nesterov), or β₁ (Adam)
 * @param l2 λ of the penalty {@code λ/2 · ‖W1‖²}; the bias isn't penalised
 * @param activation between the logits and the softmax
 * @param bias whether each class has a bias
 * @param seed of NumPy's generator that draws the initial weights
 * @param initScale standard deviation of the initial weights
 * @param precondition how the gradient is changed before the optimizer sees it
 * @param tolerance stops once the lowest loss of the last {@link EarlyStopping#WINDOW} iterations
 *     isn't this much lower, relatively, than the lowest before; 0 for never
 * @param patience stops after so many iterations without a lower validation loss, and goes back to
 *     the weights that had it; 0 for never
 */
public record TrainingOptions(
    int iterations,
    OptimizerKind optimizer,
    double learningRate,
    int warmup,
    double momentum,
    double l2,
    Activation activation,
    boolean bias,
    long seed,
    double initScale,
    Preconditioning precondition,
    double tolerance,
    int patience) {

  public TrainingOptions {
    new Problems()
        .require(iterations >= 1, "--iterations must be at least 1, not %d", iterations)
        .require(
            learningRate > 0 && learningRate <= Double.MAX_VALUE,
            "--learning-rate must be a number above 0, not %s",
            learningRate)
        .require(warmup >= 0, "--warmup must be 0 or more iterations, not %d", warmup)
        .require(
            momentum >= 0 && momentum < 1, "--momentum must be from 0 to below 1, not %s", momentum)
        .require(
            l2 >= 0 && l2 <= Double.MAX_VALUE, "--l2 must be a number of 0 or more, not %s", l2)
        .require(seed >= 0 && seed <= 0xFFFF_FFFFL, "--seed must be 0 to 4294967295, not %d", seed)
        .require(
            initScale > 0 && initScale <= Double.MAX_VALUE,
            "--init-scale must be a number above 0 (weights of 0 never pass the gate), not %s",
            initScale)
        .require(
            tolerance >= 0 && tolerance < 1,
            "--tolerance must be from 0 to below 1, not %s",
            tolerance)
        .require(patience >= 0, "--patience must be 0 or more iterations, not %d", patience)
        .throwIfAny();
  }
}
