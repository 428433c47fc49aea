package dev.onehot.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeakMemoryTest {

  @TempDir private Path folder;

  @Test
  void residentMemoryIsReadFromTheStatusFile() throws IOException {
    Path status = folder.resolve("status");
    Files.writeString(
        status, "Name:\tjava\nVmPeak:\t  999 kB\nVmHWM:\t  123456 kB\nVmRSS:\t 7 kB\n");
    assertThat(PeakMemory.residentBytes(status)).isEqualTo(123_456L * 1024);
  }

  @Test
  void aSystemThatDoesNotTellHasNoResidentMemory() throws IOException {
    assertThat(PeakMemory.residentBytes(folder.resolve("none"))).isZero();
    assertThat(PeakMemory.residentBytes(Files.writeString(folder.resolve("other"), "VmHWM:\n")))
        .isZero();
  }

  @Test
  void thePeakIsAtLeastWhatIsHeldNow() {
    byte[] held = new byte[32 << 20];
    assertThat(PeakMemory.heapBytes()).isGreaterThanOrEqualTo(held.length);
    assertThat(PeakMemory.bytes()).isGreaterThanOrEqualTo(held.length);
  }
}
