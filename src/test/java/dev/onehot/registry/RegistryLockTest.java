package dev.onehot.registry;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onehot.failure.BusyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryLockTest {

  @TempDir private Path folder;

  @Test
  void aLockIsLostOnceAnotherRunHadItAndHasEnded() throws IOException {
    Registry registry = TempRegistry.in(folder).registry();
    try (RegistryLock lock = registry.lock("asleep", line -> {})) {
      lock.require();
      Files.delete(folder.resolve(".lock"));
      assertThatExceptionOfType(BusyException.class)
          .isThrownBy(lock::require)
          .withMessageContaining("the lock is gone");
    }
  }
}
