package dev.onehot.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onehot.failure.InputException;
import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.OutputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTest {

  /** Local files of another user, who lets this one read all but what is in {@code private}. */
  public static final class OfAnotherUser extends RawLocalFileSystem {

    @Override
    public URI getUri() {
      return URI.create("another:///");
    }

    @Override
    public boolean exists(org.apache.hadoop.fs.Path path) throws IOException {
      return !path.getParent().getName().equals("private") && super.exists(path);
    }

    @Override
    public FileStatus[] listStatus(org.apache.hadoop.fs.Path path) throws IOException {
      if (path.getName().equals("private")) {
        throw new AccessDeniedException(path.toUri().getPath(), null, "Permission denied");
      }
      return super.listStatus(path);
    }

    @Override
    public FSDataOutputStream createNonRecursive(
        org.apache.hadoop.fs.Path path,
        FsPermission permission,
        EnumSet<CreateFlag> flags,
        int bufferSize,
        short replication,
        long blockSize,
        Progressable progress)
        throws IOException {
      throw new FileNotFoundException(path.toUri().getPath() + " (Permission denied)");
    }
  }

  @TempDir private Path folder;

  @Test
  void checkpointsOfLaterDatesStay(@TempDir Path folder) throws IOException {
    TempRegistry registry = TempRegistry.in(folder);
    for (String date : new String[] {"2026-11-28", "2026-11-29", "2026-11-30"}) {
      Files.createDirectories(folder.resolve("checkpoints").resolve(date).resolve("inside"));
    }
    registry.registry().removeCheckpoints(LocalDate.of(2026, 11, 29));
    assertThat(registry.names("checkpoints")).containsExactly("2026-11-30");

    registry.registry().removeCheckpoints(LocalDate.of(2026, 12, 1));
    assertThat(folder.resolve("checkpoints")).doesNotExist();
    registry.registry().removeCheckpoints(LocalDate.of(2026, 12, 1));
  }

  @Test
  void aModelsDirectoryIsMadeNoRegistry() throws IOException {
    Files.writeString(folder.resolve("model.json"), "{}");
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> TempRegistry.in(folder))
        .withMessageEndingWith(": is a model's directory; name another one");
    assertThat(folder.resolve("champion")).doesNotExist();
  }

  @Test
  void whoeverMayOnlyReadItIsToldSo() throws IOException {
    TempRegistry.in(folder).with(1, 2).promote(1);
    Registry registry = Registry.open(another(folder), ofAnotherUser());
    Champions champions = registry.champions();
    assertThat(champions.current()).isPresent();
    assertThatExceptionOfType(OutputException.class)
        .isThrownBy(() -> champions.promote(2, champions.last(), "a test", "it wants to"))
        .withMessageEndingWith(
            "%s: cannot be written (Permission denied); the champion is as it was", folder);
    assertThatExceptionOfType(OutputException.class)
        .isThrownBy(() -> registry.lock("20261130T021500Z-07b7", line -> {}))
        .withMessageEndingWith(
            "%s: cannot be written (Permission denied); the champion is as it was", folder);
  }

  @Test
  void whoeverMayNotReadItIsNotToldThatItIsNone() {
    Path closed = folder.resolve("private");
    TempRegistry.in(closed);
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> Registry.open(another(closed), ofAnotherUser()))
        .withMessageEndingWith("%s: cannot be read (Permission denied)", closed);
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> Registry.open(another(folder.resolve("nowhere")), ofAnotherUser()))
        .withMessageContaining("is no registry");
  }

  private static org.apache.hadoop.fs.Path another(Path path) {
    return new org.apache.hadoop.fs.Path("another", null, path.toString());
  }

  private static Configuration ofAnotherUser() {
    Configuration hadoop = new Configuration();
    hadoop.setClass("fs.another.impl", OfAnotherUser.class, org.apache.hadoop.fs.FileSystem.class);
    hadoop.setBoolean("fs.another.impl.disable.cache", true);
    return hadoop;
  }
}
