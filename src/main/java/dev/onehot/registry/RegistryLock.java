package dev.onehot.registry;

import dev.onehot.failure.BusyException;
import dev.onehot.failure.SettingNames;
import dev.onehot.storage.Claim;
import dev.onehot.storage.ClaimedException;
import dev.onehot.storage.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;

/** The lock that one run at a time holds on a registry. An end of the JVM gives it up, too. */
public final class RegistryLock implements Closeable {

  private static final String NAME = ".lock";

  /** After the hooks that remove what a job has begun to write, and before Hadoop's. */
  private static final int HOOK_PRIORITY = 15;

  private final Path directory;
  private final Claim claim;
  private final Runnable hook = this::closeAtExit;

  private RegistryLock(Path directory, Claim claim) {
    this.directory = directory;
    this.claim = claim;
    try {
      ShutdownHookManager.get().addShutdownHook(hook, HOOK_PRIORITY, 1, TimeUnit.MINUTES);
    } catch (IllegalStateException e) {
      // The process is ending already.
    }
  }

  static RegistryLock take(
      FileSystem files, Path directory, String run, Configuration hadoop, Consumer<String> say)
      throws IOException {
    Claim claim =
        Claim.take(
            files,
            Storage.child(directory, NAME),
            run,
            hadoop,
            line -> say.accept(SettingNames.format("⟨registry⟩ %s: %s", directory, line)));
    // What a run before this one has left is found by the places that it wrote to.
    claim.inherit();
    return new RegistryLock(directory, claim);
  }

  /**
   * Makes sure that this run still has the lock: its machine may have slept for longer than another
   * run is patient.
   *
   * @throws BusyException if another run has it, or had it
   */
  public void require() throws IOException {
    try {
      claim.require();
      if (!claim.isHeld()) {
        throw new BusyException(
            SettingNames.format(
                "⟨registry⟩ %s: the lock is gone: another run has taken it meanwhile and has ended, or somebody has removed it; so this run ends, and it has changed nothing since",
                directory),
            null);
      }
    } catch (ClaimedException e) {
      throw new BusyException(
          SettingNames.format(
              "⟨registry⟩ %s: %s has taken the lock meanwhile (%s), and so this run ends; it has changed nothing since",
              directory, e.holder(), e.where()),
          e);
    }
  }

  private void closeAtExit() {
    try {
      claim.close();
    } catch (IOException | RuntimeException e) {
      // The lock of a process that has ended holds nobody up.
    }
  }

  @Override
  public void close() throws IOException {
    try {
      ShutdownHookManager.get().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending. The hook finds nothing to do.
    }
    claim.close();
  }
}
