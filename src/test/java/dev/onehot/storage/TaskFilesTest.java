package dev.onehot.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskFilesTest {

  private final Configuration hadoop = new Configuration();

  @TempDir Path folder;

  @BeforeEach
  void makeFolderOfAttempts() throws IOException {
    Files.createDirectory(folder.resolve(".attempts"));
  }

  @Test
  void aFileHasItsNameOnlyWhenItIsComplete() throws IOException {
    try (TaskFile file = files().begin("part", hadoop)) {
      file.out().write("whole".getBytes(StandardCharsets.UTF_8));
      assertThat(names()).containsExactly(".attempts");
      assertThat(file.complete()).isEqualTo(5);
      assertThat(names()).containsExactlyInAnyOrder(".attempts", "part");
    }
    assertThat(folder.resolve("part")).hasContent("whole");
  }

  @Test
  void anAttemptThatEndsBeforeLeavesNothing() throws IOException {
    try (TaskFile file = files().begin("part", hadoop)) {
      file.out().write(1);
    }
    assertThat(names()).containsExactly(".attempts");
    assertThat(folder.resolve(".attempts")).isEmptyDirectory();
  }

  @Test
  void ofTwoAttemptsAtOnceOneFileIsLeft() throws IOException {
    try (TaskFile first = files().begin("part", hadoop);
        TaskFile second = files().begin("part", hadoop)) {
      first.out().write(new byte[3]);
      second.out().write(new byte[3]);
      assertThat(second.complete()).isEqualTo(first.complete()).isEqualTo(3);
    }
    assertThat(folder.resolve(".attempts")).isEmptyDirectory();
    files().tidy(Map.of("part", 3L), hadoop);
    assertThat(names()).containsExactly("part");
  }

  @Test
  void anAttemptThatNobodyWaitsForLeavesNothingInAPublishedDirectory() throws IOException {
    Files.writeString(folder.resolve("part"), "whole");
    try (TaskFile late = files().begin("part", hadoop)) {
      late.out().write(new byte[5]);
      files().tidy(Map.of("part", 5L), hadoop);
      assertThatThrownBy(late::complete).isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> files().begin("part", hadoop))
        .isInstanceOf(FileNotFoundException.class);
    assertThat(names()).containsExactly("part");
    assertThat(folder.resolve("part")).hasContent("whole");
  }

  @Test
  void whatIsNotExpectedIsRemovedAndWhatIsMissingIsNamed() throws IOException {
    Files.writeString(folder.resolve(".attempts/part.attempt-of-a-killed-task"), "half");
    Files.writeString(folder.resolve("part"), "whole");
    files().tidy(Map.of("part", 5L), hadoop);
    assertThat(names()).containsExactly("part");

    assertThatThrownBy(() -> files().tidy(Map.of("part", 6L), hadoop))
        .isInstanceOf(IOException.class)
        .hasMessage("part has 5 of 6 bytes");
    assertThatThrownBy(() -> files().tidy(Map.of("part", 5L, "other", 1L), hadoop))
        .isInstanceOf(IOException.class)
        .hasMessage("other is missing; every machine must reach the directory");
  }

  @Test
  void aFailureSaysWhichFileCouldNotBeWritten() {
    TaskFiles elsewhere = new TaskFiles("/out", path(folder.resolve("nowhere")));
    assertThatThrownBy(() -> elsewhere.begin("part", hadoop))
        .isInstanceOfSatisfying(
            FileNotFoundException.class,
            e ->
                assertThat(elsewhere.failure("part", e))
                    .hasMessage(
                        "out /out: writing part failed (the directory isn't there; every machine"
                            + " must reach it); nothing was published"));
  }

  private TaskFiles files() {
    return new TaskFiles("/out", path(folder));
  }

  private static org.apache.hadoop.fs.Path path(Path path) {
    return new org.apache.hadoop.fs.Path(path.toString());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }
}
