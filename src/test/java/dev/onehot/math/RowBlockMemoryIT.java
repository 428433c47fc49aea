package dev.onehot.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.SplittableRandom;
import org.apache.spark.util.SizeEstimator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowBlockMemoryIT {

  @ParameterizedTest
  @CsvSource({"512, 784, 0.2", "512, 784, 0.6", "7, 3, 0.3", "1, 1, 1", "100, 900, 0"})
  void bytesInMemoryAreThoseThatSparkCountsInOneBlock(int rows, int features, double density) {
    Random random = new Random(rows);
    byte[] pixels = new byte[rows * features];
    for (int i = 0; i < pixels.length; i++) {
      // Columns from nearly empty to twice as full.
      double share = 2 * density * (i % features) / features;
      pixels[i] = random.nextDouble() < share ? (byte) random.nextInt(1, 256) : 0;
    }
    RowBlock block = ConsecutiveRows.block(0, new int[rows], pixels, features, null);
    assertThat(block.memoryBytes()).isEqualTo(SizeEstimator.estimate(block));
  }

  @ParameterizedTest
  @CsvSource({"512, 100, true", "512, 30, false", "7, 3, true", "1, 1, false", "33, 300, true"})
  void soAreThoseOfABlockOfRealNumbers(int rows, int features, boolean weighted) {
    FloatBlock block =
        new RandomFloatBlocks(new SplittableRandom(rows), features, 4, true, 0, 0.2, weighted, rows)
            .blocks.get(0);
    assertThat(block.memoryBytes()).isEqualTo(SizeEstimator.estimate(block));
  }
}
