package dev.onehot.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.train.OptimizerKind;
import dev.onehot.train.Preconditioning;
import dev.onehot.train.TrainingOptions;
import org.junit.jupiter.api.Test;

class TrainingMemoryTest {

  private static final long GIGABYTE = 1L << 30;

  @Test
  void mnistFitsIntoSparksDefaultOnAnyLaptop() {
    TrainingMemory mnist = new TrainingMemory(784, 10, options(784), 16, true);
    assertThatCode(() -> mnist.requireFit(GIGABYTE, GIGABYTE)).doesNotThrowAnyException();
  }

  /** Measured: such a training fails with 1,700 MB and may succeed with 1,760 MB. */
  @Test
  void whatCannotFitIsRefusedWithWhatItNeedsAndTheSettingToRaise() {
    TrainingMemory large = new TrainingMemory(62_500, 256, options(62_500), 2, true);
    assertThat(large.bytesOfDriver()).isBetween(1300L << 20, 1700L << 20);
    assertThatThrownBy(() -> large.requireFit(GIGABYTE, GIGABYTE))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage(
            "the driver has 1,024 MB of memory, but training W1 of 62,500 x 256 with 2 tasks at a time takes %,d MB at the least; raise driver-memory",
            large.bytesOfDriver() >> 20);
    assertThatCode(() -> large.requireFit(2 * GIGABYTE, 0)).doesNotThrowAnyException();
  }

  @Test
  void theCovarianceOfManyTasksHasAWayOut() {
    TrainingMemory wide = new TrainingMemory(2048, 10, options(2048), 128, true);
    assertThatThrownBy(() -> wide.requireFit(GIGABYTE, GIGABYTE))
        .hasMessageEndingWith(
            "raise driver-memory, or give precondition variance, which takes less");
  }

  @Test
  void onAClusterTheTasksAreInTheExecutors() {
    TrainingMemory large = new TrainingMemory(62_500, 256, options(62_500), 64, false);
    assertThatCode(() -> large.requireFit(3 * GIGABYTE, GIGABYTE)).doesNotThrowAnyException();
    assertThatThrownBy(() -> large.requireFit(3 * GIGABYTE, GIGABYTE / 4))
        .hasMessageStartingWith("the executor has 256 MB of memory")
        .hasMessageEndingWith("raise executor-memory");
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

  private static long of(TrainingOptions options) {
    return new TrainingMemory(1000, 10, options, 2, true).bytesOfDriver();
  }

  private static TrainingOptions options(int features) {
    return TrainingOptions.defaults(features);
  }
}
