package dev.onehot.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockGroupsTest {

  /** At most 64 blocks and 32 MiB. */
  @ParameterizedTest
  @CsvSource({
    "8100000,784,64",
    "8100000,1024,64",
    "8100000,1025,63",
    "60000,3072,20",
    "60000,32768,2",
    "60000,32769,1",
    "60000,65535,1"
  })
  void theWiderTheRowsTheFewerBlocksMakeAGroup(long rows, int features, int blocks) {
    assertThat(BlockGroups.of(rows, features).blocks()).isEqualTo(blocks);
  }

  /** MNIST's 118 blocks are 59 and 59. */
  @ParameterizedTest
  @CsvSource({"1,1,1", "512,1,1", "32768,64,1", "32769,33,2", "60000,59,2", "100000,49,4"})
  void groupsAreFewAndNearlyOfOneSize(long rows, int blocks, long groups) {
    assertThat(BlockGroups.of(rows, 784)).isEqualTo(new BlockGroups(rows, blocks));
    assertThat(BlockGroups.of(rows, 784).count()).isEqualTo(groups);
  }

  @Test
  void groupsCoverAllRows() {
    BlockGroups groups = new BlockGroups(3000, 2);
    assertThat(groups.count()).isEqualTo(3);
    assertThat(groups.firstRow(0)).isZero();
    assertThat(groups.firstRow(2)).isEqualTo(2048);
    assertThat(groups.firstRow(3)).isEqualTo(3000);
    assertThat(groups.firstBlock(2)).isEqualTo(4);
    assertThat(groups.groupOf(3)).isEqualTo(1);
    assertThat(groups.groupOf(5)).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1,1", "1024,1", "1025,2", "3000,3"})
  void aGroupIsCountedFromItsFirstRowOn(long row, long groups) {
    assertThat(new BlockGroups(3000, 2).before(row)).isEqualTo(groups);
  }
}
