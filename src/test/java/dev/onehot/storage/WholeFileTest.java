package dev.onehot.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

  private final Configuration hadoop = new Configuration();

  @TempDir private Path folder;
  private FileSystem files;
  private org.apache.hadoop.fs.Path file;

  @BeforeEach
  void open() throws IOException {
    file = new org.apache.hadoop.fs.Path(folder.resolve("file").toUri());
    files = Storage.of(file, hadoop);
  }

  @Test
  void aFileThatIsReplacedIsNeverMissing() throws Exception {
    try (Races races = new Races(file.getParent(), hadoop)) {
      races.replace(100);
    }
  }

  @Test
  void aFileThatCannotBeWrittenToItsEndLeavesTheOldOne() throws IOException {
    WholeFile.write(files, file, out -> out.write(1));
    assertThatIOException()
        .isThrownBy(
            () ->
                WholeFile.write(
                    files,
                    file,
                    out -> {
                      out.write(2);
                      throw new IOException("No space left on device");
                    }));
    assertThat(folder.resolve("file")).hasBinaryContent(new byte[] {1});
    assertThat(folder.toFile().list()).containsExactly("file");
  }

  @Test
  void whatIsThereIsNotCreatedAgain() throws IOException {
    WholeFile.create(files, file, out -> out.write(1));
    assertThatExceptionOfType(FileAlreadyExistsException.class)
        .isThrownBy(() -> WholeFile.create(files, file, out -> out.write(2)));
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));
    assertThatExceptionOfType(FileAlreadyExistsException.class)
        .isThrownBy(
            () ->
                WholeFile.create(
                    files, Storage.child(file.getParent(), "link"), out -> out.write(2)));
    assertThat(folder.resolve("file")).hasBinaryContent(new byte[] {1});
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("file", "link");
  }
}
