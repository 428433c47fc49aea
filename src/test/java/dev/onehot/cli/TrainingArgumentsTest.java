package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.train.Preconditioning;
import dev.onehot.train.TrainingOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class TrainingArgumentsTest {

  @ParameterizedTest
  @CsvSource({
    "nesterov,           , 2048, COVARIANCE, 1.4,  5, 0.8",
    "nesterov,           , 2049, INDEPENDENT, 1.4, 5, 0.8",
    "nesterov, covariance, 2048, COVARIANCE, 1.4,  5, 0.8",
    "nesterov, variance,    784, VARIANCE,   0.2, 30, 0.9",
    "nesterov, none,        784, NONE,       0.5, 30, 0.9",
    "gd,                 ,  784, COVARIANCE, 1.4,  5, 0.9",
    "gd,       none,        784, NONE,       0.1, 30, 0.9",
    "adam,               ,  784, VARIANCE,  0.01, 30, 0.9"
  })
  void whatIsNotSetSuitsTheRest(
      String optimizer,
      String precondition,
      int features,
      Preconditioning expected,
      double learningRate,
      int warmup,
      double momentum) {
    TrainingOptions options =
        precondition == null
            ? options(features, "--optimizer", optimizer)
            : options(features, "--optimizer", optimizer, "--precondition", precondition);
    assertThat(options.precondition()).isEqualTo(expected);
    assertThat(options.learningRate()).isEqualTo(learningRate);
    assertThat(options.warmup()).isEqualTo(warmup);
    assertThat(options.momentum()).isEqualTo(momentum);
  }

  @Test
  void whatIsSetStays() {
    TrainingOptions options =
        options(784, "--learning-rate=0.3", "--warmup=7", "--momentum=0", "--precondition=none");
    assertThat(options.learningRate()).isEqualTo(0.3);
    assertThat(options.warmup()).isEqualTo(7);
    assertThat(options.momentum()).isZero();
    assertThat(options.precondition()).isEqualTo(Preconditioning.NONE);
  }

  @Test
  void theGateLeaksAsLongAsTheWarmupUnlessItIsSaid() {
    assertThat(options(784).leak()).isEqualTo(15);
    assertThat(options(784, "--warmup=40").leak()).isEqualTo(40);
    assertThat(options(784, "--precondition=none").leak()).isEqualTo(30);
    assertThat(options(784, "--warmup=40", "--leak=0").leak()).isZero();
    assertThat(options(784, "--activation=identity", "--leak=3").leak()).isEqualTo(3);
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    assertThatThrownBy(() -> options(784, "--momentum=1", "--iterations=0", "--leak=-1"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage(
            "iterations must be at least 1, not 0; momentum must be from 0 to below 1, not 1.0;"
                + " leak must be 0 or more iterations, not -1");
  }

  private static TrainingOptions options(int features, String... arguments) {
    TrainingArguments training = new TrainingArguments();
    new CommandLine(new Command(training))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(arguments);
    return training.options(features);
  }

  @CommandLine.Command
  private record Command(@CommandLine.Mixin TrainingArguments training) {}
}
