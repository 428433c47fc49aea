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
}
