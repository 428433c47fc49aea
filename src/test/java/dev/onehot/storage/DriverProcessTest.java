package dev.onehot.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.onehot.storage.DriverProcess.Life;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is told of processes that are really there. */
class DriverProcessTest {

  @Test
  void aProcessIsAliveUntilItHasEnded() throws Exception {
    Process sleep = new ProcessBuilder("sleep", "60").start();
    try {
      DriverProcess process = DriverProcess.of(sleep.toHandle());
      assertThat(process.life()).isEqualTo(Life.ALIVE);
      sleep.destroyForcibly().waitFor();
      assertThat(process.life()).isEqualTo(Life.DEAD);
    } finally {
      sleep.destroyForcibly();
    }
  }

  @Test
  void thisProcessIsAlive() {
    assertThat(DriverProcess.current().life()).isEqualTo(Life.ALIVE);
  }

  @Test
  void aProcessWithAnotherStartIsAnotherProcess() {
    DriverProcess here = DriverProcess.current();
    String before = Instant.parse(here.started()).minusSeconds(60).toString();
    assertThat(new DriverProcess(here.host(), here.machine(), here.pid(), before).life())
        .isEqualTo(Life.DEAD);
  }

  @Test
  void ofAnotherMachineNothingIsKnown() {
    DriverProcess here = DriverProcess.current();
    // Two containers with the host's network have the host's name, and processes of the same id.
    for (String host : new String[] {here.host(), "elsewhere"}) {
      assertThat(new DriverProcess(host, "another boot", here.pid(), here.started()).life())
          .isEqualTo(Life.UNKNOWN);
    }
    assertThat(new DriverProcess("elsewhere", null, here.pid(), here.started()).life())
        .isEqualTo(Life.UNKNOWN);
    assertThat(new DriverProcess(here.host(), here.machine(), here.pid(), null).life())
        .isEqualTo(Life.UNKNOWN);
  }

  @Test
  void aZombieHasEnded() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/stat")), "skipped: known on Linux only");
    // The second program never asks how the first one's child has ended.
    String script = "sleep 0.5 & echo $!; exec sleep 60";
    Process parent = new ProcessBuilder("sh", "-c", script).start();
    try {
      ProcessHandle child =
          ProcessHandle.of(Long.parseLong(parent.inputReader().readLine())).orElseThrow();
      DriverProcess process = DriverProcess.of(child);
      assertThat(process.life()).isEqualTo(Life.ALIVE);
      Path stat = Path.of("/proc", Long.toString(child.pid()), "stat");
      while (!Files.readString(stat).contains(") Z ")) {
        Thread.sleep(10);
      }
      assertThat(child.isAlive()).as("as Java has it").isTrue();
      assertThat(process.life()).isEqualTo(Life.DEAD);
    } finally {
      parent.destroyForcibly();
    }
  }
}
