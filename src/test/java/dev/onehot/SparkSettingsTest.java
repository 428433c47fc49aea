package dev.onehot;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.apache.spark.internal.config.package$;
import org.junit.jupiter.api.Test;

class SparkSettingsTest {

  @Test
  void executorsGetTheDriversJvmOptionsAndThenTheirOwn() {
    SparkConf conf = new SparkConf(false).set("spark.executor.extraJavaOptions", "-Dmine=1");
    ProjectHome.sparkSettings().forEach(conf::set);

    String driver = conf.get("spark.driver.defaultJavaOptions");
    assertThat(driver).contains("-XX:Tier4BackEdgeThreshold=");
    assertThat(conf.get(package$.MODULE$.EXECUTOR_JAVA_OPTIONS()).get())
        .isEqualTo(driver + " -Dmine=1");
  }
}
