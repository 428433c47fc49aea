package dev.onehot.data.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onehot.data.BlockGrid;
import dev.onehot.failure.InvalidSettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneratedFilesTest {

  private static final long FULL_SHARD = 2_147_483_136L;

  @Test
  void everythingWrongIsSaidAtOnce() {
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> new GeneratedFiles(1, 0, -1, 100_001))
        .withMessage(
            "rows must be 1 to 214748313600000, not 0;"
                + " test-rows must be 0 to 104857600000, not -1;"
                + " shards must be 1 to 100000, not 100001");
  }

  @ParameterizedTest
  @CsvSource({
    "2049, 6, at most 5 for rows 2049",
    "1, 2, at most 1 for rows 1",
    "2147483137, 1, at least 2 for rows 2147483137",
    "214748313600000, 99999, at least 100000 for rows 214748313600000"
  })
  void shardsThatCannotHoldTheRowsAreRefusedWithANumberThatCan(
      long rows, int shards, String advice) {
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> new GeneratedFiles(1, rows, 0, shards))
        .withMessageContaining("shards must be " + advice + ", not " + shards);
  }

  @ParameterizedTest
  @CsvSource({"2049, 5", "1, 1", "2147483136, 1", "2147483137, 2", "214748313600000, 100000"})
  void theNumbersAtTheLimitsAreTaken(long rows, int shards) {
    assertThat(new GeneratedFiles(1, rows, 0, shards).files()).isEqualTo(2 * shards);
  }

  @Test
  void theLargestShardsStillFitTheirHeaders() {
    int shards = 7;
    BlockGrid grid = new BlockGrid(shards * FULL_SHARD - 1, shards);
    for (int number = 0; number < shards; number++) {
      GeneratedShard shard = GeneratedShard.of("train", 0, grid, number);
      assertThat(shard.firstRow()).isEqualTo(number * FULL_SHARD);
      assertThat(shard.rows()).isEqualTo(FULL_SHARD - (number == shards - 1 ? 1 : 0));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "1048576, 1", "1048577, 2", "10000000, 10"})
  void testRowsFillOneShardUntilItIsLong(long testRows, int shards) {
    assertThat(new GeneratedFiles(1, 60_000, testRows, 1).testShards()).isEqualTo(shards);
  }

  @Test
  void sizesAreThoseOfMnist() {
    assertThat(new GeneratedFiles(1, 60_000, 10_000, 1).bytes())
        .isEqualTo(47_040_016 + 60_008 + 7_840_016 + 10_008);
  }
}
