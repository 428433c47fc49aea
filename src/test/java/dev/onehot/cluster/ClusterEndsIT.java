package dev.onehot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.ProjectHome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of clusters start doesn't outlive them. */
class ClusterEndsIT {

  @Test
  void everyProcessEndsWithAKilledTest(@TempDir Path folder) throws Exception {
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Donehot.home=" + ProjectHome.resolve(""),
                "-cp",
                System.getProperty("java.class.path"),
                ClusterHolder.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<ProcessHandle> started;
    try {
      Waiting.until(
          "two executors run, in " + folder,
          () -> holder.descendants().filter(StandaloneCluster::isExecutor).count() == 2);
      started = holder.descendants().toList();
      // Master, two workers, two executors, and the driver.
      assertThat(started.stream().filter(ClusterEndsIT::isJava)).hasSizeGreaterThanOrEqualTo(6);
    } finally {
      // With kill -9, as Process.destroyForcibly does.
      holder.destroyForcibly().waitFor();
    }
    Waiting.until("all have ended", () -> started.stream().noneMatch(ProcessHandle::isAlive));
  }

  private static boolean isJava(ProcessHandle process) {
    return StandaloneCluster.commandLine(process).contains("/bin/java");
  }
}
