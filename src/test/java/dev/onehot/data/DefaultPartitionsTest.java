package dev.onehot.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.data.digits.GeneratedSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultPartitionsTest {

  @ParameterizedTest
  @CsvSource({
    "60000, 2, 2",
    "60000, 8, 8",
    "60000, 6, 6",
    "60000, 64, 8",
    "60000, 200, 8",
    "3000, 16, 4",
    "600000, 2, 4",
    "8100000, 2, 48",
    "8100000, 8, 48",
    "8100000, 100, 100",
    "1000000000, 800, 800",
    "1000000000, 100, 800"
  })
  void thereAreAsManyAsCoresOrAMultipleOfThatButFewOfAGroup(long rows, int cores, int partitions) {
    assertThat(DefaultPartitions.of(new GeneratedSource(1, 0, rows), cores)).isEqualTo(partitions);
  }

  @Test
  void noneIsLargerThanItMayBeAndEveryCoreGetsAsMany() {
    for (long rows = 1; rows < 1L << 34; rows = rows * 3 + 1) {
      for (int cores : new int[] {1, 2, 3, 8, 9, 63, 64, 65, 1000}) {
        int partitions = DefaultPartitions.of(new GeneratedSource(1, 0, rows), cores);
        long most = 4 * BlockGroups.of(rows, 784).count();
        assertThat(partitions).isBetween(1, (int) most);
        double limit = Math.min(1L << 30, Math.max(128L << 20, cores * (16L << 20)));
        assertThat(partitions % cores).isEqualTo(most < cores ? most : 0);
        assertThat(784.0 * rows / partitions).isLessThanOrEqualTo(limit);
      }
    }
  }
}
