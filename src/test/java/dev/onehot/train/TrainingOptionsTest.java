package dev.onehot.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.math.Activation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainingOptionsTest {

  /** Checkpoints and models know settings by these names: they stay, whatever Java calls them. */
  @Test
  void everySettingThatDecidesBitsHasItsNameAndDefault() {
    assertThat(TrainingOptions.defaults(784).values())
        .isEqualTo(
            Map.ofEntries(
                Map.entry("iterations", "30"),
                Map.entry("optimizer", "nesterov"),
                Map.entry("learning-rate", "1.4"),
                Map.entry("warmup", "5"),
                Map.entry("momentum", "0.8"),
                Map.entry("leak", "15"),
                Map.entry("l2", "0.0"),
                Map.entry("activation", "relu"),
                Map.entry("bias", "false"),
                Map.entry("seed", "1024"),
                Map.entry("init-scale", "0.001"),
                Map.entry("precondition", "covariance"),
                Map.entry("tolerance", "0.0"),
                Map.entry("patience", "0")))
        .hasSameSizeAs(Arrays.asList(TrainingOptions.class.getRecordComponents()));
  }

  @Test
  void aWitherChangesItsOwnSettingAndNoOther() {
    TrainingOptions changed =
        TrainingOptions.defaults(784)
            .withIterations(7)
            .withLearningRate(0.3)
            .withWarmup(2)
            .withMomentum(0.5)
            .withLeak(9)
            .withL2(0.25)
            .withActivation(Activation.IDENTITY)
            .withBias(true)
            .withSeed(3)
            .withInitScale(0.1)
            .withTolerance(0.01)
            .withPatience(4);

    assertThat(changed)
        .isEqualTo(
            new TrainingOptions(
                7,
                OptimizerKind.NESTEROV,
                0.3,
                2,
                0.5,
                9,
                0.25,
                Activation.IDENTITY,
                true,
                3,
                0.1,
                Preconditioning.COVARIANCE,
                0.01,
                4));
  }

  @Test
  void theGateClosesOverTheFirstIterationsAndStaysClosed() {
    TrainingOptions options = TrainingOptions.defaults(784).withLeak(4).withIterations(30);
    assertThat(slopes(options, 6)).containsExactly(1, 0.5625, 0.25, 0.0625, 0, 0);
    assertThat(slopes(options.withLeak(0), 3)).containsExactly(0, 0, 0);
  }

  @Test
  void theGateIsClosedAtTheLastIterationHoweverFewThereAre() {
    for (int iterations = 1; iterations <= 15; iterations++) {
      TrainingOptions options = TrainingOptions.defaults(784).withIterations(iterations);
      assertThat(options.negativeSlope(0)).isEqualTo(1);
      assertThat(options.negativeSlope(iterations - 1)).isPositive();
      assertThat(options.negativeSlope(iterations)).isZero();
    }
  }

  @Test
  void withoutAGateNothingLeaks() {
    TrainingOptions options = TrainingOptions.defaults(784).withLeak(4);
    for (Activation activation : List.of(Activation.IDENTITY, Activation.SIGMOID)) {
      assertThat(slopes(options.withActivation(activation), 3)).containsExactly(0, 0, 0);
    }
  }

  @Test
  void theGateLeaksAtLeastAsLongAsTheRateRises() {
    for (Preconditioning precondition : Preconditioning.values()) {
      TrainingOptions options = TrainingOptions.defaults(OptimizerKind.NESTEROV, precondition);
      assertThat(options.leak()).isGreaterThanOrEqualTo(Math.max(15, options.warmup()));
    }
  }

  private static double[] slopes(TrainingOptions options, int count) {
    return IntStream.range(0, count).mapToDouble(options::negativeSlope).toArray();
  }

  @Test
  void manyFeaturesArePreconditionedByTheirVariances() {
    assertThat(TrainingOptions.defaults(2049).precondition()).isEqualTo(Preconditioning.VARIANCE);
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> TrainingOptions.defaults(2048).requireFitFor(2049))
        .withMessage(
            "precondition covariance takes 2,048 features at the most, not 2,049; give variance");
  }
}
