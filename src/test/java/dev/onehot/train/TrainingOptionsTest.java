package dev.onehot.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.math.Activation;
import dev.onehot.math.ScalingKind;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingOptionsTest {

  /** Checkpoints and models know settings by these names: they stay, whatever Java calls them. */
  @Test
  void everySettingThatDecidesBitsHasItsNameAndDefault() {
    TrainingOptions options =
        TrainingOptions.defaults(784)
            .decided(ScalingKind.STANDARD)
            .withClassWeights(ClassWeights.parse("cat=2,dog=0.5"));

    assertThat(options.values())
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
                Map.entry("seed", "1024"),
                Map.entry("init-scale", "0.001"),
                Map.entry("precondition", "covariance"),
                Map.entry("bias", "true"),
                Map.entry("scale", "standard"),
                Map.entry("class-weights", "cat=2.0,dog=0.5"),
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
            .withScale(ScalingKind.STANDARD)
            .withClassWeights(ClassWeights.balanced())
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
                ScalingKind.STANDARD,
                ClassWeights.balanced(),
                0.01,
                4));
  }

  @Test
  void manyFeaturesArePreconditionedAsIfTheyWereIndependent() {
    assertThat(TrainingOptions.defaults(2049).precondition())
        .isEqualTo(Preconditioning.INDEPENDENT);
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> TrainingOptions.defaults(2048).requireFitFor(2049))
        .withMessage(
            "precondition covariance takes 2,048 features at the most, not 2,049; give independent");
  }
}
