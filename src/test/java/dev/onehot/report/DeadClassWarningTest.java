package dev.onehot.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.train.IterationMetrics;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadClassWarningTest {

  private final Warnings warnings =
      new Warnings(new Console(new PrintStream(OutputStream.nullOutputStream()), false));
  private final DeadClassWarning warning =
      new DeadClassWarning(warnings, List.of("cat", "dog", "unicorn"), new long[] {9, 5, 0});

  @Test
  void aClassThatStaysDeadIsWarnedOfOnceAndByName() {
    warning.measured(metrics(0, 0, 0.1));
    for (int i = 1; i <= 30; i++) {
      assertThat(warnings.texts()).hasSize(i <= DeadClassWarning.ITERATIONS ? 0 : 1);
      warning.measured(metrics(i, 0, 0));
    }
    assertThat(warnings.texts().get(0))
        .startsWith("class dog is dead since iteration 1:")
        .contains("leak");
    assertThat(warning.ended(metrics(30, 0, 0))).containsExactly("dog");
    assertThat(warnings.texts()).hasSize(1);
  }

  @Test
  void aClassThatMomentumRevivesIsNotDead() {
    for (int i = 0; i < 100; i++) {
      warning.measured(metrics(i, 0, i % DeadClassWarning.ITERATIONS == 0 ? 0.01 : 0));
    }
    assertThat(warnings.texts()).isEmpty();
    assertThat(warning.ended(metrics(100, 0, 0.01))).isEmpty();
  }

  @Test
  void noClassIsDeadWhileTheGateLeaks() {
    for (int i = 0; i < 100; i++) {
      warning.measured(metrics(i, 0.01, 0));
    }
    assertThat(warnings.texts()).isEmpty();
  }

  @Test
  void aFinalModelWithADeadClassIsWarnedOf() {
    warning.measured(metrics(0, 0, 0));
    assertThat(warning.ended(metrics(0, 0, 0))).containsExactly("dog");
    assertThat(warnings.texts().toString()).contains("class dog is dead in the final model");
  }

  @Test
  void allDeadClassesAreOneLine() {
    DeadClassWarning many =
        new DeadClassWarning(warnings, List.of("cat", "dog", "unicorn"), new long[] {9, 5, 1});
    assertThat(many.ended(metrics(5, 0, 0))).containsExactly("dog", "unicorn");
    assertThat(warnings.texts())
        .singleElement()
        .asString()
        .startsWith("classes dog, unicorn are dead in the final model:");
  }

  /** The third class has no training rows: it never has an open gate, and isn't dead. */
  private static IterationMetrics metrics(int iteration, double slope, double dogs) {
    double[] activeShares = {0.2, dogs, 0};
    return new IterationMetrics(
        iteration, 1.5, 0, 0.25, 1, 0.1, slope, 0, activeShares, null, null, 7);
  }
}
