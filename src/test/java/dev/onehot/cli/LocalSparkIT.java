package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.report.Console;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others on the machine get of a local Spark. {@link LocalModeConfTest} has the addresses. */
class LocalSparkIT {

  /** Static, since a task has a copy of everything else. */
  private static final CountDownLatch KILL_ASKED = new CountDownLatch(1);

  @TempDir private Path folder;

  @Test
  void nobodyElseReadsSpilledRowsOrEndsATraining() throws Exception {
    Console console = new Console(new PrintStream(OutputStream.nullOutputStream()), false);
    Map<String, String> settings =
        Map.of(
            "spark.master", "local[1]",
            "spark.ui.enabled", "true",
            "spark.ui.port", "0",
            "spark.local.dir", folder.toString());
    try (StartedSpark started =
        SparkSettings.with(settings, () -> SparkStart.start("test", console))) {
      JavaSparkContext spark = started.context();
      JavaRDD<Integer> spilled =
          spark.parallelize(List.of(1, 2), 2).persist(StorageLevel.DISK_ONLY());
      spilled.count();

      assertThat(whatEverybodyCanReach()).isEmpty();
      spilled.unpersist();
      JavaFutureAction<Void> job =
          spark.parallelize(List.of(1)).foreachAsync(row -> KILL_ASKED.await());
      int id = job.jobIds().get(0);
      post(spark.sc().uiWebUrl().get() + "/jobs/job/kill/?id=" + id);
      KILL_ASKED.countDown();
      // Fails if the job was ended.
      job.get();
    }
    assertThat(folder).isEmptyDirectory();
  }

  /** The spilled blocks and other files that no folder above keeps from others. */
  private List<Path> whatEverybodyCanReach() throws IOException {
    try (Stream<Path> top = Files.list(folder)) {
      List<Path> folders = top.toList();
      assertThat(folders).hasSize(1);
      try (Stream<Path> inside = Files.walk(folders.get(0))) {
        assertThat(inside.map(file -> file.getFileName().toString()))
            .anyMatch(name -> name.startsWith("rdd_"));
      }
      return folders.stream().filter(path -> !permissions(path).equals("rwx------")).toList();
    }
  }

  private static String permissions(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void post(String address) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(address).toURL().openConnection();
    connection.setRequestMethod("POST");
    connection.getInputStream().close();
  }
}
