package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsageProblemTest {

  @Test
  void allValuesThatCannotBeReadAreSaidAtOnce() {
    CommandRun run =
        CommandRun.of("train", "--classes=x", "--seed=y", "--optimizer=foo", "--momentun=1");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .hasLineCount(1)
        .startsWith("onehot: Invalid value for option '--classes': 'x' is not a whole number; ")
        .contains(
            "'--seed': 'y' is not a whole number; ",
            "'--optimizer': expected gd, nesterov or adam but was 'foo'; ",
            "unknown option --momentun");
  }

  @Test
  void helpIsGivenWhateverElseIsWrong() {
    CommandRun run = CommandRun.of("train", "--classes=x", "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("--optimizer=NAME");
  }
}
