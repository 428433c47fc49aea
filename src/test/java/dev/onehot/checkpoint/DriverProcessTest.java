package dev.onehot.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is told of processes that are really there. */
class DriverProcessTest {

  @Test
  void anotherProcessIsAliveUntilItHasEnded() throws Exception {
    Process sleep = new ProcessBuilder("sleep", "60").start();
    try {
      DriverProcess process = DriverProcess.of(sleep.toHandle());
      assertThat(process.isAnotherAlive()).isTrue();
      sleep.destroyForcibly().waitFor();
      assertThat(process.isAnotherAlive()).isFalse();
    } finally {
      sleep.destroyForcibly();
    }
  }

  @Test
  void thisProcessIsNoOther() {
    assertThat(DriverProcess.current().isAnotherAlive()).isFalse();
  }

  @Test
  void ofAnotherMachineOrWithAnotherStartNothingIsKnown() throws Exception {
    Process sleep = new ProcessBuilder("sleep", "60").start();
    try {
      DriverProcess process = DriverProcess.of(sleep.toHandle());
      long pid = process.pid();
      assertThat(new DriverProcess("elsewhere", pid, process.started()).isAnotherAlive()).isFalse();
      String before = Instant.parse(process.started()).minusSeconds(60).toString();
      for (String started : new String[] {before, "once", null}) {
        assertThat(new DriverProcess(process.host(), pid, started).isAnotherAlive()).isFalse();
      }
    } finally {
      sleep.destroyForcibly();
    }
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
      assertThat(process.isAnotherAlive()).isTrue();
      Path stat = Path.of("/proc", Long.toString(child.pid()), "stat");
      while (!Files.readString(stat).contains(") Z ")) {
        Thread.sleep(10);
      }
      assertThat(child.isAlive()).as("as Java has it").isTrue();
      assertThat(process.isAnotherAlive()).isFalse();
    } finally {
      parent.destroyForcibly();
    }
  }
}
