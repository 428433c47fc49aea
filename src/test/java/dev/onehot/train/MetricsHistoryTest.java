package dev.onehot.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsHistoryTest {

  private final Random random = new Random(1);

  @ParameterizedTest
  @CsvSource({
    "1,       1,         1",
    "10,      7000,      7000",
    "1000,    200,       200",
    // More classes than a chunk has numbers.
    "70000,   3,         3",
    // More iterations than there could ever be room for; and, after all, more than announced.
    "1000,    70,        2000000000",
    "10,      9000,      100"
  })
  void whatWasAddedComesBack(int classes, int added, int announced) {
    MetricsHistory history = new MetricsHistory(announced);
    List<IterationMetrics> expected = new ArrayList<>();
    for (int i = 0; i < added; i++) {
      IterationMetrics metrics = metrics(i, classes);
      expected.add(metrics);
      history.add(metrics);
    }
    assertThat(history).hasSize(added);
    for (int i = 0; i < added; i++) {
      assertThat(history.get(i).activeShares()).containsExactly(expected.get(i).activeShares());
      assertThat(scalars(history.get(i))).isEqualTo(scalars(expected.get(i)));
    }
  }

  /** All but the active shares. */
  private static String scalars(IterationMetrics metrics) {
    return metrics.toString().replaceAll("activeShares=[^,]+, ", "");
  }

  @Test
  void thereIsNothingBeforeTheFirstAndBehindTheLast() {
    MetricsHistory history = new MetricsHistory(5);
    assertThat(history).isEmpty();
    history.add(metrics(0, 2));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> history.get(1));
  }

  private IterationMetrics metrics(int iteration, int classes) {
    boolean validated = random.nextBoolean();
    return new IterationMetrics(
        iteration,
        random.nextGaussian(),
        0,
        random.nextDouble(),
        Double.MIN_VALUE,
        -0.0,
        random.nextDouble(),
        (1L << 53) - random.nextInt(9),
        random.doubles(classes).toArray(),
        validated ? Double.valueOf(Double.NaN) : null,
        validated ? random.nextDouble() : null,
        random.nextDouble());
  }
}
