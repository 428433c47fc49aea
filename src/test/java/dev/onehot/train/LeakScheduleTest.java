package dev.onehot.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.math.Activation;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeakScheduleTest {

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
      assertThat(LeakSchedule.of(options).negativeSlope(0)).isEqualTo(1);
      assertThat(LeakSchedule.of(options).negativeSlope(iterations - 1)).isPositive();
      assertThat(LeakSchedule.of(options).negativeSlope(iterations)).isZero();
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
    return IntStream.range(0, count).mapToDouble(LeakSchedule.of(options)::negativeSlope).toArray();
  }
}
