package dev.onehot.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The crashes themselves: what they must see is seen. */
class CrashTest {

  @TempDir private Path folder;

  @Test
  void aFileThatIsRenamedWithoutASyncIsEmptyAfterAPowerCut() throws IOException {
    Crash crash = crash(Integer.MAX_VALUE);
    FileSystem files = files(crash);
    for (String name : new String[] {"synced", "unsynced"}) {
      try (FSDataOutputStream out = files.createFile(path("." + name)).build()) {
        out.write(new byte[100]);
        if (name.equals("synced")) {
          out.hsync();
        }
      }
      Renames.toNew(files, path("." + name), path(name));
    }
    crash.loseUnsynced();
    assertThat(folder.resolve("synced")).hasSize(100);
    assertThat(folder.resolve("unsynced")).isEmptyFile();
  }

  @Test
  void ofTheLastWriteHalfIsThereAndNothingCanBeDoneAfterIt() throws IOException {
    Crash crash = crash(1);
    FileSystem files = files(crash);
    OutputStream out = files.createFile(path("file")).build();
    assertThatExceptionOfType(Crash.ProcessEnded.class).isThrownBy(() -> out.write(new byte[100]));
    assertThatExceptionOfType(Crash.ProcessEnded.class).isThrownBy(out::close);
    assertThatExceptionOfType(Crash.ProcessEnded.class)
        .isThrownBy(() -> files.delete(path("file"), false));
    assertThatExceptionOfType(Crash.ProcessEnded.class)
        .isThrownBy(() -> files.exists(path("file")));
    assertThat(folder.resolve("file")).hasSize(50);
    assertThat(crash.changes()).isEqualTo(1);
  }

  @Test
  void aRenameOfAFileCanEndBetweenItsTwoNames() throws IOException {
    Files.writeString(folder.resolve("from"), "content");
    FileSystem files = files(crash(1));
    assertThatExceptionOfType(Crash.ProcessEnded.class)
        .isThrownBy(() -> Renames.toNew(files, path("from"), path("to")));
    assertThat(folder.resolve("from")).hasContent("content");
    assertThat(folder.resolve("to")).hasContent("content");
  }

  private Crash crash(int changes) throws IOException {
    return new Crash(Storage.of(path("."), new Configuration()), changes);
  }

  private FileSystem files(Crash crash) throws IOException {
    return Storage.of(path("."), crash.configuration(new Configuration()));
  }

  private org.apache.hadoop.fs.Path path(String name) {
    return new org.apache.hadoop.fs.Path(folder.resolve(name).toUri());
  }
}
