package dev.onehot.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The functions where the original overflows or divides by zero. */
class FunctionLimitsTest {

  @Test
  void softmaxOfAnyFiniteScoresSumsToOne() {
    SplittableRandom random = new SplittableRandom(1);
    for (int trial = 0; trial < 1000; trial++) {
      double magnitude = Math.scalb(1.0, random.nextInt(-1000, 1023));
      double[] scores = random.doubles(1 + random.nextInt(50), -magnitude, magnitude).toArray();
      double[] probabilities = Softmax.of(scores);
      assertThat(Arrays.stream(probabilities).sum()).isEqualTo(1, within(1e-12));
      assertThat(Arrays.stream(probabilities)).allMatch(p -> p >= 0 && p <= 1);
    }
  }

  @Test
  void lossIsFiniteWhenAProbabilityUnderflows() {
    double[] probabilities = Softmax.of(new double[] {0, 1e308});
    assertThat(probabilities[0]).isZero();
    assertThat(CrossEntropy.loss(probabilities, 0)).isEqualTo(744.44, within(0.01));
  }

  @Test
  void sigmoidNeitherOverflowsNorLosesItsTail() {
    assertThat(Activation.SIGMOID.apply(-1e300)).isZero();
    assertThat(Activation.SIGMOID.apply(1e300)).isEqualTo(1);
    assertThat(Activation.SIGMOID.derivative(-1e300)).isZero();
    assertThat(Activation.SIGMOID.apply(-700)).isPositive();
  }

  @Test
  void reluAndItsDerivativeAreZeroAtZero() {
    assertThat(Activation.RELU.apply(0)).isZero();
    assertThat(Activation.RELU.derivative(0)).isZero();
    assertThat(Activation.RELU.derivative(Double.MIN_VALUE)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void derivativeIsTheSlope(Activation activation) {
    double h = 1e-6;
    for (double z : new double[] {-3, -0.7, 0.2, 1, 5}) {
      double slope = (activation.apply(z + h) - activation.apply(z - h)) / (2 * h);
      assertThat(activation.derivative(z)).isEqualTo(slope, within(1e-8));
    }
  }

  @Test
  void theFirstIndexWinsATie() {
    assertThat(Accuracy.argmax(new double[] {0, 3, 3, 1})).isEqualTo(1);
    assertThat(Accuracy.argmax(new double[4])).isZero();
  }

  @Test
  void floatExpIsWithinTwoUnitsInTheLastPlace() {
    SplittableRandom random = new SplittableRandom(2);
    for (int trial = 0; trial < 200_000; trial++) {
      float x = (float) -random.nextDouble(87.3);
      double exact = StrictMath.exp(x);
      assertThat(Math.abs(FloatExp.of(x) - exact) / exact).isLessThan(1.2e-7);
    }
  }

  @Test
  void floatExpIsExactAtZeroAndFlushesUnderflow() {
    assertThat(FloatExp.of(0)).isEqualTo(1);
    assertThat(FloatExp.of(-0f)).isEqualTo(1);
    assertThat(FloatExp.of(-88)).isZero();
    assertThat(FloatExp.of(-Float.MAX_VALUE)).isZero();
  }

  @Test
  void doubleLogIsNextToStrictMathsEverywhere() {
    SplittableRandom random = new SplittableRandom(3);
    for (int trial = 0; trial < 200_000; trial++) {
      double x =
          trial % 2 == 0
              ? random.nextDouble(0.5, 2)
              : Math.scalb(1 + random.nextDouble(), random.nextInt(-1000, 1000));
      double expected = StrictMath.log(x);
      assertThat(Math.abs(DoubleLog.of(x) - expected)).isLessThanOrEqualTo(Math.ulp(expected));
    }
    assertThat(DoubleLog.of(1)).isZero();
  }
}
