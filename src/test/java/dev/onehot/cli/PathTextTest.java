package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.onehot.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathTextTest {

  private static final String HOME =
      System.getenv("HOME") == null ? System.getProperty("user.home") : System.getenv("HOME");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "models/a",
        "/models/2026-11-28T04:05:06+00:00",
        "models/2026-11-28T04:05:06+00:00",
        "2026-11-28T04:05:06+00:00",
        "run-04:05/model",
        "a b%20c#d?e"
      })
  void aNameOnThisMachineIsTakenAsItStands(String name) throws IOException {
    org.apache.hadoop.fs.Path path = PathText.parse(name);
    FileSystem files = Storage.of(path, new Configuration());
    assertThat(files.makeQualified(path).toUri().getPath())
        .isEqualTo(Path.of(name).toAbsolutePath().toString());
    // As text, on its way to another process.
    assertThat(new org.apache.hadoop.fs.Path(path.toString())).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hdfs://host:9000/a", "s3a://bucket/a", "file:///a", "other:/a", "hdfs:///a:b"})
  void aUrlIsAUrl(String url) {
    assertThat(PathText.parse(url)).isEqualTo(new org.apache.hadoop.fs.Path(url));
    assertThat(PathText.parse(url).toUri().getScheme()).isEqualTo(url.replaceFirst(":.*", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "hdfs:a    | 'hdfs:a' is no path; a slash comes after hdfs:",
        "file:a/b  | 'file:a/b' is no path; a slash comes after file:",
        "\"\"        | '' is no path",
        "~ann/x    | '~ann/x' begins with ~ann, which only a shell knows; write the folder out, or ./~ann/x if that is its name"
      })
  void whatIsNoPathIsRefusedWithAReason(String text, String reason) {
    assertThatIllegalArgumentException().isThrownBy(() -> PathText.parse(text)).withMessage(reason);
  }

  @Test
  void aTildeIsTheHomeFolderAsInAShell() {
    assertThat(PathText.parse("~")).hasToString(HOME);
    assertThat(PathText.parse("~/models/x")).hasToString(HOME + "/models/x");
    assertThat(PathText.parse("./~/x")).hasToString("~/x");
    assertThat(PathText.parse("a/~")).hasToString("a/~");
  }

  @Test
  void settingsFilesAreReadLikewise(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("my:own.properties"), "out = ~nobody/x\n");
    CommandRun run = CommandRun.of("train", "--config=" + file);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("--out", "begins with ~nobody, which only a shell knows", "(in " + file + ")")
        .hasLineCount(1);
  }
}
