package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void anArgumentThatCannotBeReadIsNeitherMissingNorLeftOver() {
    CommandRun run = CommandRun.of("models", "promote", "x");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "onehot: Invalid value for positional parameter at index 0 (VERSION): 'x' is not a whole number (./submit.sh models promote --help lists the options)\n");

    assertThat(CommandRun.of("models", "promote").err())
        .contains("Missing required parameter: 'VERSION'");
  }

  @Test
  void aSwitchIsTrueOrFalse() {
    assertThat(CommandRun.of("train", "--bias=yes").err())
        .contains("'yes' is neither true nor false");
  }

  @ParameterizedTest
  @CsvSource({
    "--master, --master …",
    "--driver-memory=4g, --driver-memory=4g",
    "--num-executors, --num-executors …",
    "-c, -c …"
  })
  void anOptionOfSparkSubmitGoesBehindTheDashes(String argument, String shown) {
    CommandRun run = CommandRun.of("train", "--iterations=5", argument);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .hasLineCount(1)
        .startsWith("onehot: " + argument.split("=")[0] + " is an option of spark-submit: ")
        .contains("./submit.sh train … -- " + shown + ";");
  }

  @Test
  void allOptionsOfSparkSubmitAreKnown() throws ReflectiveOperationException {
    Class<?> parser = Class.forName("org.apache.spark.launcher.SparkSubmitOptionParser");
    Constructor<?> constructor = parser.getDeclaredConstructor();
    constructor.setAccessible(true);
    Set<String> names = new TreeSet<>();
    for (String field : new String[] {"opts", "switches"}) {
      Field options = parser.getDeclaredField(field);
      options.setAccessible(true);
      for (String[] spellings : (String[][]) options.get(constructor.newInstance())) {
        names.addAll(List.of(spellings));
      }
    }
    names.removeAll(List.of("--help", "-h", "--version", "--usage-error", "--verbose", "-v"));
    assertThat(SparkSubmitOptions.NAMES).containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  void helpIsGivenWhateverElseIsWrong() {
    CommandRun run = CommandRun.of("train", "--classes=x", "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("--optimizer=NAME");
  }
}
