package dev.onehot.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onehot.failure.InputException;
import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.math.FeatureScaling;
import dev.onehot.math.FeatureValues;
import dev.onehot.math.SecondMomentSum;
import dev.onehot.train.OptimizerKind;
import dev.onehot.train.Preconditioning;
import dev.onehot.train.TrainingOptions;
import org.junit.jupiter.api.Test;

class TrainingMemoryTest {

  private static final long GIGABYTE = 1L << 30;
  private static final int WIDE = 2048;

  @Test
  void mnistFitsIntoSparksDefaultOnAnyLaptop() {
    TrainingMemory mnist = new TrainingMemory(784, 10, options(784), 0, 16, 16, true);
    assertThatCode(() -> mnist.requireFit(GIGABYTE, GIGABYTE, GIGABYTE)).doesNotThrowAnyException();
  }

  /** Measured: such a training fails with 1,700 MB and may succeed with 1,760 MB. */
  @Test
  void whatCannotFitIsRefusedWithWhatItNeedsAndTheSettingToRaise() {
    TrainingMemory large = new TrainingMemory(62_500, 256, options(62_500), 0, 2, 2, true);
    assertThat(large.bytesOfDriver()).isBetween(1300L << 20, 1700L << 20);
    assertThatThrownBy(() -> large.requireFit(GIGABYTE, GIGABYTE, GIGABYTE))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage(
            "the driver has 1,024 MB of memory, but training W1 of 62,500 x 256 with 2 tasks at a time takes %,d MB at the least; raise driver-memory",
            large.bytesOfDriver() >> 20);
    assertThatCode(() -> large.requireFit(2 * GIGABYTE, 0, 0)).doesNotThrowAnyException();
  }

  @Test
  void theCovarianceOfManyTasksHasAWayOut() {
    TrainingMemory wide = wide(new FeatureValues(255, 1 / 255.0), false, false);
    assertThatThrownBy(() -> wide.requireFit(GIGABYTE, GIGABYTE, GIGABYTE))
        .hasMessageEndingWith(
            "raise driver-memory, or give precondition independent, which takes less");
  }

  @Test
  void onAClusterTheTasksAreInTheExecutors() {
    TrainingMemory large = new TrainingMemory(62_500, 256, options(62_500), 0, 64, 64, false);
    assertThatCode(() -> large.requireFit(3 * GIGABYTE, GIGABYTE, GIGABYTE))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> large.requireFit(3 * GIGABYTE, GIGABYTE / 4, GIGABYTE))
        .hasMessageStartingWith("the executor has 256 MB of memory")
        .hasMessageEndingWith("raise executor-memory");
  }

  @Test
  void gradientsThatSparkWouldNotTakeAreRefused() {
    TrainingMemory large = new TrainingMemory(1_000_000, 80, options(1_000_000), 0, 2, 2, false);
    assertThat(large.bytesOfResults()).isEqualTo(2L * 8 * 80_000_000);
    assertThatThrownBy(() -> large.requireFit(16 * GIGABYTE, 8 * GIGABYTE, GIGABYTE))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage(
            "spark.driver.maxResultSize is 1,024 MB, but the gradients of W1 of 1,000,000 x 80 that reach the driver have 1,220 MB; set it to 0, for no limit");
    assertThatCode(() -> large.requireFit(16 * GIGABYTE, 8 * GIGABYTE, 0))
        .doesNotThrowAnyException();
  }

  @Test
  void moreThanAHundredMillionWeightsAreRefused() {
    assertThatCode(() -> TrainingMemory.requireFewEnoughWeights(1_000_000, 100, "words.svm"))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> TrainingMemory.requireFewEnoughWeights(1_000_001, 100, "words.svm"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "words.svm: found 1,000,001 features and 100 classes, expected at most 100,000,000 weights of W1, not 100,000,100; leave out features or join classes");
  }

  @Test
  void theOptimizersStateAndTheBestWeightsCount() {
    TrainingOptions nesterov =
        TrainingOptions.defaults(OptimizerKind.NESTEROV, Preconditioning.VARIANCE);
    TrainingOptions adam = TrainingOptions.defaults(OptimizerKind.ADAM, Preconditioning.VARIANCE);
    long of = of(nesterov);
    assertThat(of(adam)).isEqualTo(of + 8 * 1000 * 10);
    assertThat(of(nesterov.withPatience(3))).isEqualTo(of + 8 * 1000 * 10);
  }

  /** Products of bytes are summed in 4 bytes, those of real numbers or weighted rows in 8. */
  @Test
  void theSecondMomentsOfRealNumbersCountTwice() {
    FeatureValues bytes = new FeatureValues(255, 1 / 255.0);
    FeatureValues real = FeatureValues.real(new short[WIDE], FeatureScaling.uniform(1));
    long sumOfBytes = 4L * WIDE * (WIDE + 1) / 2;
    long least = wide(bytes, false, false).bytesOfDriver();
    assertThat(wide(real, false, false).bytesOfDriver()).isEqualTo(least + 128 * sumOfBytes);
    assertThat(wide(bytes, true, false).bytesOfDriver()).isEqualTo(least + 128 * sumOfBytes);
    assertThat(wide(bytes, false, true).bytesOfDriver()).isEqualTo(least + 128 * sumOfBytes);
  }

  private static TrainingMemory wide(
      FeatureValues values, boolean centred, boolean hasClassWeights) {
    return new TrainingMemory(
        WIDE,
        10,
        options(WIDE),
        SecondMomentSum.bytes(WIDE, values, centred, hasClassWeights),
        128,
        128,
        true);
  }

  private static long of(TrainingOptions options) {
    return new TrainingMemory(1000, 10, options, 0, 2, 2, true).bytesOfDriver();
  }

  private static TrainingOptions options(int features) {
    return TrainingOptions.defaults(features);
  }
}
