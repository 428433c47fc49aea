package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onehot.failure.InvalidSettingsException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Spark would end the process for, or refuse in words of its own. */
class SparkChecksTest {

  private final SparkConf conf = new SparkConf(false);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "spark.task.cpus, 0",
    "spark.broadcast.blockSize, abc",
    "spark.memory.fraction, abc",
    "spark.locality.wait, soon",
    "spark.port.maxRetries, many",
    "spark.ui.port, 70000",
    "spark.ui.port, 80a",
    "spark.scheduler.mode, abc"
  })
  void aValueThatSparkCannotUseIsRefusedByItsKey(String key, String value) {
    conf.set(key, value);
    assertThatThrownBy(() -> checks(Map.of()).requireReadableSettings())
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageStartingWith(key + " ")
        .hasMessageContaining(value)
        .hasMessageNotContaining("SQLSTATE");
  }

  @Test
  void allSuchValuesAreSaidAtOnceAndOthersAreFine() {
    conf.set("spark.task.cpus", "0").set("spark.locality.wait", "soon").set("spark.mine", "x y");
    assertThatThrownBy(() -> checks(Map.of()).requireReadableSettings())
        .hasMessageMatching("spark.locality.wait is soon: .*; spark.task.cpus is 0: .*");
    assertThatCode(
            () ->
                new SparkChecks(new SparkConf(false).set("spark.ui.port", "0"), Map.of())
                    .requireReadableSettings())
        .doesNotThrowAnyException();
  }

  @Test
  void aFolderThatCannotBeMadeIsRefusedUnlessAnotherOneCan() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    conf.set("spark.local.dir", file + "/below");
    assertThatThrownBy(() -> checks(Map.of()).requireLocalFolder())
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageStartingWith("spark.local.dir " + file + "/below: Spark's temporary files ");
    assertThatThrownBy(
            () -> checks(Map.of("SPARK_LOCAL_DIRS", file.toString())).requireLocalFolder())
        .hasMessageStartingWith("SPARK_LOCAL_DIRS " + file + ": ");

    Path good = folder.resolve("good");
    conf.set("spark.local.dir", file + "/below," + good);
    checks(Map.of()).requireLocalFolder();
    assertThat(good).isEmptyDirectory();
  }

  @Test
  void withoutAFreePortTheUiIsOffAndTheRunGoesOn() throws IOException {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress("127.0.0.1", 0));
      conf.set("spark.ui.port", Integer.toString(taken.getLocalPort()))
          .set("spark.port.maxRetries", "0");

      assertThat(new UiPorts(conf).turnOffUiWithoutPort())
          .isEqualTo(
              "warning: no Spark UI for this run: port %d is taken; spark.ui.port names another",
              taken.getLocalPort());
      assertThat(conf.get("spark.ui.enabled")).isEqualTo("false");
    }
  }

  @Test
  void withAFreePortTheUiStaysAsItIs() {
    conf.set("spark.ui.port", "0");
    assertThat(new UiPorts(conf).turnOffUiWithoutPort()).isNull();
    assertThat(conf.contains("spark.ui.enabled")).isFalse();
  }

  private SparkChecks checks(Map<String, String> environment) {
    return new SparkChecks(conf, environment);
  }
}
