package dev.onehot.storage;

import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On Linux's device that is always full. */
class CheckedOutputStreamTest {

  private static final Path FULL = new Path("/dev/full");

  private OutputStream out;

  @BeforeEach
  void openFullDevice() throws IOException {
    assumeTrue(Files.exists(java.nio.file.Path.of(FULL.toString())), "skipped: no " + FULL);
    FileSystem files = Storage.of(FULL, new Configuration());
    out = new CheckedOutputStream(files.append(FULL));
  }

  @Test
  void writingToAFullDiskIsAnException() {
    assertThatIOException()
        .isThrownBy(() -> out.write(new byte[1 << 20]))
        .withMessageContaining("No space left");
  }

  @Test
  void flushingToAFullDiskIsAnException() throws IOException {
    out.write(1);
    assertThatIOException().isThrownBy(out::flush).withMessageContaining("No space left");
  }

  @Test
  void closingOnAFullDiskIsAnException() throws IOException {
    out.write(1);
    assertThatIOException().isThrownBy(out::close).withMessageContaining("No space left");
  }
}
