package dev.onehot.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoresTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "local            | 1",
        "local[3]         | 3",
        "local[*]         | 5",
        "local[ * , 2]    | 5",
        "local[7,4]       | 7",
        "local-cluster[2,1,1024] | 0",
        "yarn             | 0",
        "spark://a:7077   | 0"
      })
  void ofALocalMasterTheyAreItsThreads(String master, int cores) {
    assertThat(Cores.ofLocal(master, 5)).isEqualTo(cores);
  }
}
