package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetchMnistCommandTest {

  @TempDir Path folder;

  @Test
  void theFolderMayLieWhereASettingOfSparkLeads() throws Exception {
    Files.writeString(folder.resolve("train-images-idx3-ubyte.gz"), "mine");
    CommandRun run =
        SparkSettings.with(
            Map.of("spark.hadoop.fs.keyed.impl", KeyedFileSystem.class.getName()),
            () -> CommandRun.of("fetch-mnist", "--out=keyed://bucket" + folder));
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .startsWith(
            "onehot: keyed://bucket" + folder + "/train-images-idx3-ubyte.gz: is there, but")
        .hasLineCount(1);
  }

  @Test
  void aSchemeWithoutItsJarIsRefusedWithWhatToDo() {
    CommandRun run = CommandRun.of("fetch-mnist", "--out=abfss://c@account/mnist");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith(
            "onehot: --out abfss://c@account/mnist: cannot be written (the class path has no")
        .contains("set spark.jars.packages to org.apache.hadoop:hadoop-azure:")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "NaN"})
  void aTimeOutMustBePositive(String seconds) {
    CommandRun run = CommandRun.of("fetch-mnist", "--out=" + folder, "--timeout=" + seconds);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("onehot: --timeout must be above 0, not ").hasLineCount(1);
  }
}
