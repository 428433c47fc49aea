package dev.onehot.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.OutputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedDirectoryTest {

  @TempDir private Path folder;

  @Test
  void nothingIsVisibleBeforeItIsPublished() throws IOException {
    Path target = folder.resolve("a/model");
    try (PublishedDirectory directory = create(target)) {
      directory.write("one", new byte[] {1});
      assertThat(target).doesNotExist();
      directory.publish();
      assertThat(names(target)).containsExactly("one");
    }
    assertThat(names(target)).containsExactly("one");
    assertThat(names(folder.resolve("a"))).containsExactly("model");
  }

  @Test
  void whatIsPublishedOrClosedIsNotPublishedAgain() throws IOException {
    PublishedDirectory published = create(folder.resolve("one"));
    PublishedDirectory closed = create(folder.resolve("two"));
    published.publish();
    closed.close();
    assertThatIllegalStateException()
        .isThrownBy(published::publish)
        .withMessageEndingWith("one was published before");
    assertThatIllegalStateException()
        .isThrownBy(closed::publish)
        .withMessageEndingWith("two was closed before");
    published.close();
    closed.close();
    assertThat(names(folder)).containsExactly("one");
  }

  @Test
  void nothingIsLeftWithoutPublishing() throws IOException {
    try (PublishedDirectory directory = create(folder.resolve("a/b/model"))) {
      directory.write("one", new byte[1000]);
    }
    assertThat(names(folder)).isEmpty();
  }

  @Test
  void foldersThatOthersUseMeanwhileStay() throws IOException {
    try (PublishedDirectory directory = create(folder.resolve("a/b/model"))) {
      directory.write("one", new byte[1]);
      Files.writeString(folder.resolve("a/other"), "");
    }
    assertThat(names(folder.resolve("a"))).containsExactly("other");
  }

  @Test
  void whatTookTheNameMeanwhileIsNotOverwritten() throws IOException {
    Path target = folder.resolve("model");
    try (PublishedDirectory directory = create(target)) {
      directory.write("one", new byte[1]);
      Files.createDirectory(target);
      Files.writeString(target.resolve("theirs"), "");
      assertThatExceptionOfType(OutputException.class)
          .isThrownBy(directory::publish)
          .withMessageContaining("nothing was published");
    }
    assertThat(names(target)).containsExactly("theirs");
    assertThat(names(folder)).containsExactly("model");
  }

  @Test
  void filesAndFilledDirectoriesAreRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertRefused(file, "exists and is a file");
    assertRefused(folder, "exists and isn't empty (it holds file)");
    assertRefused(file.resolve("below"), "cannot be written");
    assertRefused(Path.of("/"), "is the root");
  }

  private static void assertRefused(Path target, String reason) {
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> create(target))
        .withMessageContaining(target.toString())
        .withMessageContaining(reason);
  }

  private static PublishedDirectory create(Path target) {
    return PublishedDirectory.create(
        new org.apache.hadoop.fs.Path(target.toUri()), new Configuration());
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }
}
