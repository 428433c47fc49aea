package dev.onehot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.onehot.SparkJvm;
import dev.onehot.registry.Registry;
import dev.onehot.registry.RegistryLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** submit.sh ends with Onehot's own exit code in every deploy mode, and says Onehot's own line. */
@ExtendWith(SharedFixtures.class)
class ExitCodesIT {

  /**
   * A command, and how it has to end. OUT stands for a new output, FULL for a folder with a file,
   * LOCKED for a registry that this process has locked.
   */
  private enum Ending {
    DONE(0, "", "train --train-rows=2000 --iterations=2 --out=OUT"),
    DIVERGED(
        1,
        "training diverged at iteration ",
        "train --train-rows=2000 --iterations=9 --optimizer=gd --learning-rate=1e300 --out=OUT"),
    BAD_SETTINGS(
        2, "--out file:FULL: exists and isn't empty", "train --train-rows=2000 --out=FULL"),
    MISSING_INPUT(3, "/no/such: no such folder", "train --data=/no/such --out=OUT"),
    REFUSED(
        4,
        "version 1 is refused: ",
        "nightly --train-rows=2000 --iterations=2 --min-recall=1 --registry=OUT"),
    BUSY(75, "--registry LOCKED: run yesterday ", "nightly --registry=LOCKED");

    private final int exitCode;
    private final String line;
    private final String command;

    Ending(int exitCode, String line, String command) {
      this.exitCode = exitCode;
      this.line = line;
      this.command = command;
    }
  }

  private enum Mode {
    LOCAL,
    CLIENT,
    CLUSTER;

    Map<String, String> spark(StandaloneCluster cluster) {
      return switch (this) {
        case LOCAL -> Map.of("spark.master", "local[1]", "spark.ui.enabled", "false");
        case CLIENT -> ClusterTraining.on(cluster, Map.of("spark.cores.max", "1"));
        case CLUSTER ->
            ClusterTraining.on(
                cluster,
                Map.of(
                    "spark.cores.max", "1",
                    "spark.submit.deployMode", "cluster",
                    "spark.driver.memory", "512m",
                    "spark.driver.extraJavaOptions", SparkJvm.archiveOptions()));
      };
    }
  }

  private static StandaloneCluster cluster;

  @TempDir private Path folder;
  private Path full;
  private Path locked;
  private RegistryLock lock;

  @BeforeAll
  static void findCluster(StandaloneCluster shared) {
    cluster = shared;
  }

  @BeforeEach
  void prepareFolders() throws IOException {
    full = Files.createDirectory(folder.resolve("full"));
    Files.writeString(full.resolve("notes.txt"), "mine");
    locked = folder.resolve("locked");
    Registry registry =
        Registry.create(
            new org.apache.hadoop.fs.Path(locked.toUri().getPath()), new Configuration());
    lock = registry.lock("yesterday", line -> {});
  }

  @AfterEach
  void unlock() throws IOException {
    lock.close();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CLUSTER")
  void everyExitCodeComesThrough(Mode mode) throws Exception {
    requireEveryExitCode(mode);
  }

  @Tag("long")
  @Test
  void everyExitCodeComesThroughFromADriverInTheCluster() throws Exception {
    requireEveryExitCode(Mode.CLUSTER);
  }

  private void requireEveryExitCode(Mode mode) throws Exception {
    Map<Ending, SubmitScript> runs = new HashMap<>();
    for (Ending ending : Ending.values()) {
      runs.put(ending, submit(mode, ending.command.replace("OUT", "" + out(ending))));
    }

    for (Ending ending : Ending.values()) {
      SubmitScript run = runs.get(ending);
      assertThat(run.exitCode())
          .as("%s %s: %s", mode, ending, run.err())
          .isEqualTo(ending.exitCode);
      assertThat(run.err()).doesNotContain("\tat ", "Exception");
      List<String> lines = run.err().lines().toList();
      if (ending.exitCode != 0) {
        assertThat(lines.get(lines.size() - 1))
            .startsWith(
                "onehot: " + ending.line.replace("FULL", "" + full).replace("LOCKED", "" + locked));
      }
      if (mode == Mode.CLUSTER) {
        assertThat(lines).as(ending.name()).hasSize(ending.exitCode == 0 ? 0 : 1);
      }
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.contains("verdict"))
          .contains("DONE")
          .doesNotContain("DIVERGED", "MISSING_INPUT");
    }
  }

  @Test
  void aDriverInTheClusterLeavesItsVerdictAndWithoutOneIsNeverTakenForASuccess() throws Exception {
    Path verdict = folder.resolve("verdict.json");
    Files.writeString(verdict, "{\"format\":1,\"status\":\"succeeded\",\"exitCode\":0}");

    SubmitScript told = submit(Mode.CLUSTER, "models verify /no/such --verdict=" + verdict);
    SubmitScript untold = submit(Mode.CLUSTER, "models verify /no/such");

    assertThat(told.exitCode()).as(told.err()).isEqualTo(3);
    JsonObject left = JsonParser.parseString(Files.readString(verdict)).getAsJsonObject();
    assertThat(left.get("exitCode").getAsInt()).isEqualTo(3);
    assertThat(left.get("command").getAsString()).isEqualTo("models verify");
    assertThat(told.err())
        .isEqualTo("onehot: " + left.get("message").getAsString() + System.lineSeparator());

    assertThat(untold.exitCode()).isEqualTo(1);
    assertThat(untold.err())
        .hasLineCount(1)
        .matches(
            "(?s)onehot: the exit code of driver-\\S+, which was FAILED when last seen, is not .*");
  }

  @Test
  void aSignalEndsTheWaitingAndNotTheDriver() throws Exception {
    SubmitScript run = submit(Mode.CLUSTER, "train --iterations=1000000 --out=OUT");
    run.await("a driver", () -> !cluster.drivers().isEmpty());
    ProcessHandle driver = cluster.drivers().get(0);
    try {
      run.terminate();

      assertThat(run.exitCode()).isEqualTo(143);
      assertThat(run.err().strip())
          .matches(
              "onehot: ended by a signal; (driver-\\S+|a driver that has begun) goes on in the cluster");
      assertThat(driver.isAlive()).isTrue();
    } finally {
      driver.destroyForcibly();
    }
  }

  private Path out(Ending ending) {
    return folder.resolve(ending.name());
  }

  private SubmitScript submit(Mode mode, String command) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command
                    .replace("OUT", folder.resolve("out").toString())
                    .replace("FULL", full.toString())
                    .replace("LOCKED", locked.toString())
                    .split(" ")));
    arguments.add("--");
    mode.spark(cluster)
        .forEach(
            (key, value) -> {
              arguments.add("--conf");
              arguments.add(key + "=" + value);
            });
    return SubmitScript.start(folder, arguments);
  }
}
