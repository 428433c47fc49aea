package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalModeConfTest {

  @BeforeEach
  void noAddressIsNamedInTheEnvironment() {
    assumeTrue(System.getenv("SPARK_LOCAL_IP") == null, "SPARK_LOCAL_IP is set");
    assumeTrue(System.getenv("SPARK_LOCAL_HOSTNAME") == null, "SPARK_LOCAL_HOSTNAME is set");
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "local[*]", "local[4,2]"})
  void driverAndUiOfALocalMasterListenOnLoopback(String master) {
    SparkConf conf = LocalModeConf.onLoopback(settings(master)).set("spark.later", "1").clone();

    assertThat(conf.get("spark.driver.host")).isEqualTo("127.0.0.1");
    assertThat(conf.get("spark.driver.bindAddress")).isEqualTo("127.0.0.1");
    assertThat(conf.getenv("SPARK_LOCAL_IP")).isEqualTo("127.0.0.1");
    assertThat(conf.getenv("PATH")).isEqualTo(System.getenv("PATH"));
    assertThat(conf.get("spark.mine")).isEqualTo("kept");
    assertThat(conf.get("spark.later")).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark://a:7077", "yarn", "local-cluster[1,1,1024]", "k8s://https://a"})
  void executorsElsewhereHaveToReachTheDriver(String master) {
    SparkConf settings = settings(master);

    assertThat(LocalModeConf.onLoopback(settings)).isSameAs(settings);
  }

  @Test
  void anAddressThatTheUserNamesIsKept() {
    for (String key : new String[] {"spark.driver.host", "spark.driver.bindAddress"}) {
      SparkConf settings = settings("local[*]").set(key, "0.0.0.0");

      assertThat(LocalModeConf.onLoopback(settings)).isSameAs(settings);
      assertThat(settings.get(key)).isEqualTo("0.0.0.0");
    }
  }

  private static SparkConf settings(String master) {
    return new SparkConf(false).set("spark.master", master).set("spark.mine", "kept");
  }
}
