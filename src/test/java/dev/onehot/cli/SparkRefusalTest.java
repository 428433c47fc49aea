package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

/** What Spark throws where it does not like a setting, and what the user is told. */
class SparkRefusalTest {

  private final SparkConf conf = new SparkConf(false).set("spark.master", "local[0]");

  @Test
  void aClassThatIsMissingIsNamedWithItsKey() {
    conf.set("spark.serializer", "no.such.Class");
    assertThat(told(new ClassNotFoundException("no.such.Class")))
        .isEqualTo("Spark does not start: spark.serializer: ClassNotFoundException: no.such.Class");
    assertThat(
            told(
                new SparkException(
                    "Exception when registering", new ClassNotFoundException("no.such.Class"))))
        .contains("spark.serializer: ");
  }

  @Test
  void aKeyThatSparkNamesIsEnough() {
    assertThat(
            told(
                new IllegalArgumentException(
                    "[INVALID_CONF_VALUE.REQUIREMENT] The value '0' in the config \"spark.task.cpus\" is invalid. SQLSTATE: 22022")))
        .isEqualTo(
            "Spark does not start: The value '0' in the config \"spark.task.cpus\" is invalid");
  }

  @Test
  void tooLittleMemoryNamesTheOption() {
    assertThat(
            told(
                new IllegalArgumentException(
                    "[INVALID_DRIVER_MEMORY] System memory 1 must be at least 2.\nIncrease it.")))
        .isEqualTo("Spark does not start: System memory 1 must be at least 2; raise driver-memory");
  }

  @Test
  void anEventLogWithoutItsFolderNamesTheSetting() {
    conf.set("spark.eventLog.enabled", "true");
    assertThat(told(new FileNotFoundException("File file:/tmp/spark-events does not exist")))
        .startsWith("Spark does not start: spark.eventLog.dir: ");
  }

  @Test
  void anyOtherRefusalNamesTheMaster() {
    assertThat(told(new SparkException("Asked to run locally with 0 threads")))
        .isEqualTo(
            "Spark does not start: Asked to run locally with 0 threads (spark.master is local[0])");
  }

  @Test
  void whatHasNothingToDoWithSettingsIsNoRefusal() {
    assertThat(SparkRefusal.of(new UnsupportedOperationException("getSubject"), conf)).isEmpty();
  }

  private String told(Exception failure) {
    return SparkRefusal.of(failure, conf).orElseThrow().getMessage();
  }
}
