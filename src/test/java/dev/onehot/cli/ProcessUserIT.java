package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.ProjectHome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Onehot under a user id that the system has no name for. Only root can take one. */
class ProcessUserIT {

  private static final List<String> UNKNOWN_USER =
      List.of("setpriv", "--reuid", "3123456789", "--regid", "3123456789", "--clear-groups");

  @Test
  void filesAreReadUnderAnUnknownUserId(@TempDir Path folder) throws Exception {
    Path settings = Files.writeString(folder.resolve("my.properties"), "iterations = -7\n");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path jar = ProjectHome.resolve("target/onehot.jar");
    ProjectHome.skipUnless(canRead(jar) && canRead(settings), "no other user id can be taken here");

    String classPath = jar + ":" + ProjectHome.resolve("target/spark/jars") + "/*";
    Process process =
        asUnknownUser(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath,
            "dev.onehot.Onehot",
            "train",
            "--config",
            settings.toString());
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(printed).contains("onehot: --iterations must be at least 1, not -7");
    assertThat(process.waitFor()).isEqualTo(2);
  }

  private static boolean canRead(Path file) throws Exception {
    return Files.isExecutable(Path.of("/usr/bin/setpriv"))
        && asUnknownUser("test", "-r", file.toString()).waitFor() == 0;
  }

  private static Process asUnknownUser(String... command) throws Exception {
    List<String> all = new ArrayList<>(UNKNOWN_USER);
    all.addAll(List.of(command));
    return new ProcessBuilder(all).redirectErrorStream(true).start();
  }
}
