package dev.onehot.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreeDepthTest {

  @ParameterizedTest
  @CsvSource({
    // MNIST's gradient: 784 x 10 longs.
    "1, 62720, 1",
    "1069, 62720, 1",
    "1070, 62720, 2",
    "1000000, 62720, 2",
    // The widest gradient: 65,535 x 256 longs, of which the driver could not even take one.
    "1, 134215680, 3",
    // Twelve of 65,535 x 10 longs fit, as do the twelve roots of 144.
    "12, 5242800, 1",
    "13, 5242800, 2",
    "144, 5242800, 2",
    "145, 5242800, 3"
  })
  void itIsTheLeastAtWhichWhatReachesTheDriverFits(int partitions, long bytes, int depth) {
    assertThat(TreeDepth.of(partitions, bytes)).isEqualTo(depth);
  }

  /** As Spark stops a level earlier than a root says if that leaves few. */
  @ParameterizedTest
  @CsvSource({"2,1,2", "2,3,2", "4,2,4", "8,3,4", "16,2,4", "100,2,10", "1000,3,10", "7,1,7"})
  void soManyPartialSumsReachTheDriver(int partitions, int depth, int partials) {
    assertThat(TreeDepth.partialsForDriver(partitions, depth)).isEqualTo(partials);
  }
}
