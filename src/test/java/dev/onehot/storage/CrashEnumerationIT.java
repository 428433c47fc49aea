package dev.onehot.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.checkpoint.CheckpointCrashes;
import dev.onehot.registry.RegistryCrashes;
import dev.onehot.storage.CrashEnumeration.Scenario;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The process ends at every point of what is done with files, on the local disk. */
class CrashEnumerationIT {

  @TempDir private Path folder;

  static Stream<Arguments> scenarios() {
    return Stream.of(StorageCrashes.all(), CheckpointCrashes.all(), RegistryCrashes.all())
        .flatMap(all -> all.entrySet().stream())
        .map(scenario -> Arguments.of(scenario.getKey(), scenario.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenarios")
  void aReaderSeesTheOldOrTheNewAndTheNextRunSucceeds(String name, Scenario scenario)
      throws Exception {
    CrashEnumeration crashes =
        new CrashEnumeration(new org.apache.hadoop.fs.Path(folder.toUri()), new Configuration());
    assertThat(crashes.every(scenario)).isGreaterThan(4);
  }
}
