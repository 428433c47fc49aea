package dev.onehot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.checkpoint.CheckpointCrashes;
import dev.onehot.registry.RegistryCrashes;
import dev.onehot.storage.CrashEnumeration;
import dev.onehot.storage.CrashEnumeration.Scenario;
import dev.onehot.storage.StorageCrashes;
import java.io.IOException;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The process ends at points of what is done with files, on a real HDFS: at every fourth, or at
 * every point with {@code -Donehot.crash.stride=1}.
 */
@Tag("long")
class HdfsCrashIT {

  private static final int STRIDE = Integer.getInteger("onehot.crash.stride", 4);

  @TempDir private static java.nio.file.Path folder;
  private static LocalHdfs hdfs;

  @BeforeAll
  static void startHdfs() throws IOException {
    // The name node and the data node tell of every file that was not written to its end.
    Configurator.setLevel("org.apache.hadoop.hdfs", Level.OFF);
    hdfs = LocalHdfs.start(folder);
  }

  @AfterAll
  static void stopHdfs() {
    Configurator.setLevel("org.apache.hadoop.hdfs", Level.WARN);
    if (hdfs != null) {
      hdfs.close();
    }
  }

  static Stream<Arguments> scenarios() {
    return Stream.of(StorageCrashes.all(), CheckpointCrashes.all(), RegistryCrashes.all())
        .flatMap(all -> all.entrySet().stream())
        .map(scenario -> Arguments.of(scenario.getKey(), scenario.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenarios")
  void aReaderSeesTheOldOrTheNewAndTheNextRunSucceeds(String name, Scenario scenario)
      throws Exception {
    Configuration hadoop = new Configuration(hdfs.files().getConf());
    CrashEnumeration crashes = new CrashEnumeration(new Path(hdfs.root() + "/crashes"), hadoop);
    assertThat(crashes.every(scenario, STRIDE)).isGreaterThan(4);
  }
}
