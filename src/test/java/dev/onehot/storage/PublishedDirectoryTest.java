package dev.onehot.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.OutputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedDirectoryTest {

  private static final Configuration HADOOP = new Configuration();

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

  @Test
  void ofTwoRunsThatPublishAtOnceOneSucceedsAndTheOtherLeavesNothing() throws Exception {
    try (Races races = new Races(path(folder), HADOOP)) {
      races.publish(100);
    }
  }

  @Test
  void ofTwoRenamesAtOnceOneSucceeds() throws Exception {
    try (Races races = new Races(path(folder), HADOOP)) {
      races.rename(100);
    }
  }

  @Test
  void aDirectoryThatIsInUseIsRefusedAtOnce() throws IOException {
    Path target = folder.resolve("a/model");
    for (Path made : List.of(target, Files.createDirectories(folder.resolve("there")))) {
      try (PublishedDirectory first = create(made)) {
        first.write("one", new byte[1]);
        assertRefused(made, ": run a-run uses it (process " + ProcessHandle.current().pid());
        first.publish();
      }
      assertThat(names(made)).containsExactly("one");
    }
    assertThat(names(folder)).containsExactlyInAnyOrder("a", "there");
  }

  @Test
  void anExistingDirectoryStaysTheSameAndIsFilled() throws IOException {
    Path target = Files.createDirectory(folder.resolve("model"));
    Files.createDirectory(target.resolve("lost+found"));
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxrwx--x"));
    Object before = Files.readAttributes(target, "unix:ino,mode,uid,gid");
    try (PublishedDirectory directory = create(target)) {
      directory.write("one", new byte[] {1});
      directory.write("last", new byte[] {2});
      assertThat(names(target)).allMatch(name -> name.startsWith(".") || name.equals("lost+found"));
      directory.publish();
    }
    assertThat(names(target)).containsExactlyInAnyOrder("lost+found", "one", "last");
    assertThat(Files.readAttributes(target, "unix:ino,mode,uid,gid")).isEqualTo(before);
    assertThat(names(folder)).containsExactly("model");
  }

  @Test
  void aLinkLeadsToTheFolderThatIsFilled() throws IOException {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Path link = Files.createSymbolicLink(folder.resolve("model"), disk);
    try (PublishedDirectory directory = create(link)) {
      directory.write("one", new byte[1]);
      directory.publish();
    }
    assertThat(link).isSymbolicLink();
    assertThat(names(disk)).containsExactly("one");
  }

  @Test
  void aLinkToNothingIsRefusedAtOnce() throws IOException {
    Path nowhere = folder.resolve("nowhere");
    Path link = Files.createSymbolicLink(folder.resolve("model"), nowhere);
    assertRefused(link, "is a link to " + nowhere + ", which isn't there; make that folder");
    assertThat(names(folder)).containsExactly("model");
  }

  @Test
  void aFailureWhileADirectoryIsFilledTakesAllBack() throws IOException {
    Path target = Files.createDirectory(folder.resolve("model"));
    ExistingDirectory place = new ExistingDirectory(Storage.of(path(target), HADOOP), path(target));
    UUID id = UUID.randomUUID();
    Path pending = Files.createDirectory(target.resolve(".pending-" + id));
    Files.createFile(pending.resolve("one"));
    assertThatIOException().isThrownBy(() -> place.publish(id, List.of("one", "missing"), null));
    assertThat(names(target)).containsExactly(pending.getFileName().toString());
  }

  @Test
  void inAnExistingDirectoryTheFileThatWasWrittenLastAppearsLast() throws Exception {
    Path target = Files.createDirectory(folder.resolve("model"));
    try (PublishedDirectory directory = create(target);
        WatchService watcher = target.getFileSystem().newWatchService()) {
      List<String> written = List.of("z", "a", "run.json");
      for (String name : written) {
        directory.write(name, new byte[1]);
      }
      target.register(watcher, StandardWatchEventKinds.ENTRY_CREATE);
      directory.publish();
      List<String> appeared = new ArrayList<>();
      while (appeared.size() < written.size()) {
        WatchKey key = watcher.take();
        key.pollEvents().forEach(event -> appeared.add(event.context().toString()));
        key.reset();
      }
      assertThat(appeared).isEqualTo(written);
    }
  }

  @Test
  void whatAKilledRunLeftIsRemovedOnceTheNextOneWrites() throws IOException {
    Path target = folder.resolve("model");
    FileSystem files = Storage.of(path(target), HADOOP);
    UUID killed = Races.leaveBehind(files, path(folder.resolve(".model.claim")));
    Path left = Files.createDirectory(folder.resolve(".model.pending-" + killed));
    create(target).close();
    assertThat(names(folder)).containsExactlyInAnyOrder(".model.claim", left.getFileName() + "");
    try (PublishedDirectory directory = create(target)) {
      directory.write("one", new byte[1]);
      assertThat(left).doesNotExist();
      directory.publish();
    }
    assertThat(names(folder)).containsExactly("model");
  }

  @Test
  void aRunThatWasKilledWhileItFilledADirectoryIsTakenBack() throws IOException {
    Path target = Files.createDirectory(folder.resolve("model"));
    FileSystem files = Storage.of(path(target), HADOOP);
    UUID killed = Races.leaveBehind(files, path(target.resolve(".claim")));
    Path left = Files.createDirectory(target.resolve(".pending-" + killed));
    Files.writeString(left.resolve(".publishing"), "W1.npy\nrun.json\n");
    Files.writeString(target.resolve("W1.npy"), "theirs");
    Files.writeString(left.resolve("run.json"), "theirs");
    try (PublishedDirectory directory = create(target)) {
      assertThat(target.resolve("W1.npy")).hasContent("theirs");
      directory.write("run.json", new byte[1]);
      directory.publish();
    }
    assertThat(names(target)).containsExactly("run.json");
  }

  @Test
  void aRunThatWasKilledAfterTheLastFileHasPublished() throws IOException {
    Path target = Files.createDirectory(folder.resolve("model"));
    FileSystem files = Storage.of(path(target), HADOOP);
    UUID killed = Races.leaveBehind(files, path(target.resolve(".claim")));
    Path left = Files.createDirectory(target.resolve(".pending-" + killed));
    Files.writeString(left.resolve(".publishing"), "run.json\n");
    Files.writeString(target.resolve("run.json"), "theirs");
    assertRefused(target, "exists and isn't empty (it holds run.json)");
    assertThat(target.resolve("run.json")).hasContent("theirs");
  }

  /** Hadoop sets modes by this setting. Some mounts refuse that, and users have a umask. */
  @Test
  void modesAreThoseOfTheProcessAndNotHadoops() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Configuration hadoop = new Configuration();
    hadoop.set("fs.permissions.umask-mode", "777");
    Path target = folder.resolve("model");
    try (PublishedDirectory directory =
        PublishedDirectory.claim(path(target), "a-run", hadoop, line -> {})) {
      directory.write("one", new byte[1]);
      directory.publish();
    }
    assertThat(Files.getPosixFilePermissions(target))
        .isEqualTo(Files.getPosixFilePermissions(other));
    assertThat(Files.getPosixFilePermissions(target.resolve("one")))
        .isEqualTo(Files.getPosixFilePermissions(Files.createFile(other.resolve("one"))));
  }

  @Test
  void aNameMayHoldAColon() throws IOException {
    Path target = folder.resolve("2026-11-28T04:05:06+00:00");
    try (PublishedDirectory directory = create(target)) {
      directory.write("a:b", new byte[1]);
      directory.publish();
    }
    assertThat(names(target)).containsExactly("a:b");
    assertThat(names(folder)).containsExactly(target.getFileName().toString());
  }

  private static void assertRefused(Path target, String reason) {
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> create(target))
        .withMessageContaining(target.toString())
        .withMessageContaining(reason);
  }

  private static PublishedDirectory create(Path target) {
    return PublishedDirectory.claim(path(target), "a-run", HADOOP, line -> {});
  }

  private static org.apache.hadoop.fs.Path path(Path path) {
    return new org.apache.hadoop.fs.Path("file", null, path.toString());
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }
}
