package dev.onehot.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ExactSumTest {

  @Test
  void theOrderDoesNotMatter() {
    double[] numbers = new SplittableRandom(1).doubles(10_000, 0, 745).toArray();
    List<Double> shuffled = Arrays.stream(numbers).boxed().collect(Collectors.toList());
    Collections.shuffle(shuffled, new Random(2));
    ExactSum one = new ExactSum();
    Arrays.stream(numbers).forEach(one::add);
    ExactSum left = new ExactSum();
    ExactSum right = new ExactSum();
    shuffled.subList(0, 3000).forEach(left::add);
    shuffled.subList(3000, 10_000).forEach(right::add);
    right.add(left);
    assertThat(right.value()).isEqualTo(one.value());
    BigDecimal exact =
        Arrays.stream(numbers).mapToObj(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(one.value() / 10_000).isEqualTo(exact.doubleValue() / 10_000, within(1e-13));
  }

  @Test
  void theLargestNumbersDoNotOverflow() {
    ExactSum sum = new ExactSum();
    for (int i = 0; i < 100_000; i++) {
      sum.add(ExactSum.LARGEST);
    }
    assertThat(sum.value()).isEqualTo(100_000 * ExactSum.LARGEST);
  }

  @Test
  void smallNumbersAreNotLostBesideLargeOnes() {
    ExactSum sum = new ExactSum();
    sum.add(4000);
    DoubleStream.generate(() -> 1e-13).limit(1000).forEach(sum::add);
    assertThat(sum.value()).isEqualTo(4000 + 1e-10, within(1e-12));
  }

  @Test
  void whatIsOutOfRangeIsRefused() {
    for (double number : new double[] {-1e-9, 4097, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatExceptionOfType(ArithmeticException.class)
          .isThrownBy(() -> new ExactSum().add(number));
    }
  }
}
