package dev.onehot.storage;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.OutputException;
import dev.onehot.failure.SettingNames;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * A directory whose files appear together or not at all. One run at a time has a {@link Claim} on
 * it. The files are written into a hidden directory. If the directory is new, {@link #publish}
 * gives the hidden one its name. If it exists already, it stays the same directory, and the files
 * move into it one by one. In an object store they are put straight to their place, and the last
 * one, with which readers take the others for a directory, by {@link #publish}.
 *
 * <p>Closing without publishing leaves nothing behind. Neither does an end of the JVM that runs
 * shutdown hooks.
 */
public final class PublishedDirectory implements Closeable {

  private static final int DELETE_ATTEMPTS = 50;
  private static final long DELETE_PAUSE_MILLISECONDS = 100;

  /** After Spark's hook, which ends the tasks, and before Hadoop's, which closes file systems. */
  private static final int HOOK_PRIORITY = 20;

  private final FileSystem files;
  private final Place place;
  private final ClaimedPlace claimed;
  private final Claim claim;
  private final Runnable hook = this::closeAtExit;

  /** In the order in which they were opened. */
  private final Set<String> names = new LinkedHashSet<>();

  /** A file that an object store does not have yet, because it may be the last one. */
  private LastFile held;

  private boolean begun;
  private boolean published;
  private boolean closed;

  private PublishedDirectory(ClaimedPlace claimed) {
    this.claimed = claimed;
    place = claimed.place();
    claim = claimed.claim();
    files = place.files();
    try {
      ShutdownHookManager.get().addShutdownHook(hook, HOOK_PRIORITY, 1, TimeUnit.MINUTES);
    } catch (IllegalStateException e) {
      // The process is ending already.
    }
  }

  /**
   * Claims a directory before a job starts any work. Writes nothing but the claim: what runs that
   * no longer live have left is removed when the first file is written.
   *
   * @param run the id of the run
   * @param say gets messages for the user
   * @throws InvalidSettingsException if the directory exists and is not empty, is a file, cannot be
   *     written, or is claimed by another run
   */
  public static PublishedDirectory claim(
      Path directory, String run, Configuration hadoop, Consumer<String> say) {
    return new PublishedDirectory(ClaimedPlace.of(directory, run, hadoop, say));
  }

  /**
   * Removes what a run left that no longer lives: its hidden directory, and its claim. Does nothing
   * if there is nothing of it.
   *
   * @param directory the directory given to {@link #claim}
   * @param id the {@link #id} of the run's claim
   */
  public static void removeAbandoned(Path directory, UUID id, Configuration hadoop)
      throws IOException {
    for (Place place : Target.places(directory, hadoop)) {
      place.removeAbandoned(id);
      Claim.removeAbandoned(place.files(), place.claim(), id);
    }
  }

  /**
   * A directory's fully qualified path.
   *
   * @throws InvalidSettingsException if its file system cannot be reached
   */
  public static Path qualified(Path directory, Configuration hadoop) {
    try {
      return Storage.of(directory, hadoop).makeQualified(directory);
    } catch (IOException e) {
      throw ClaimedPlace.unwritable(directory, e);
    }
  }

  /** The path that the directory will have. */
  public Path target() {
    return place.target();
  }

  /** The id of the claim, which is also the unique part of the hidden directory's name. */
  public UUID id() {
    return claim.id();
  }

  /**
   * The files that tasks write.
   *
   * @throws OutputException if the hidden directory cannot be made
   */
  public TaskFiles taskFiles() {
    TaskFiles tasks = new TaskFiles(target().toString(), folder());
    try {
      if (!files.mkdirs(tasks.attempts())) {
        throw new IOException("mkdir failed");
      }
    } catch (IOException e) {
      throw failure(e);
    }
    return tasks;
  }

  private synchronized Path folder() {
    try {
      begin();
    } catch (IOException e) {
      throw failure(e);
    }
    return place.folder(id());
  }

  /** Removes what runs before this one have left, and makes the hidden directory. */
  private void begin() throws IOException {
    if (begun || closed) {
      return;
    }
    begun = true;
    for (UUID abandoned : claim.abandoned()) {
      place.removeAbandoned(abandoned);
    }
    claim.inherit();
    place.begin(id());
  }

  /**
   * Opens a new file of the directory for writing. Of files that appear one by one, the one that
   * was opened last appears last. In an object store it appears when it is closed.
   *
   * @throws OutputException if it cannot be created
   */
  public synchronized OutputStream newFile(String name) {
    try {
      begin();
      writeHeld();
      OutputStream file = place.newFile(id(), name);
      names.add(name);
      return file;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Opens a file for reading that was written before, and is not published yet. */
  public InputStream read(String name) throws IOException {
    return files.open(Storage.child(folder(), name));
  }

  /**
   * Writes a whole file. In an object store it is held back until another file is written, or until
   * all others are there and it is published as the last one.
   *
   * @throws OutputException if it cannot be written
   */
  public synchronized void write(String name, byte[] content) {
    if (place.holdsLast()) {
      hold(name, content);
      return;
    }
    try (OutputStream out = newFile(name)) {
      out.write(content);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private void hold(String name, byte[] content) {
    try {
      begin();
      writeHeld();
      held = new LastFile(name, content.clone());
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private void writeHeld() throws IOException {
    if (held != null) {
      LastFile file = held;
      held = null;
      try (OutputStream out = place.newFile(id(), file.name())) {
        out.write(file.content());
      }
    }
  }

  /**
   * Makes the files appear under the directory's name.
   *
   * @throws OutputException if something else has taken the name meanwhile, or a rename failed
   * @throws InvalidSettingsException if another run has taken this one's place meanwhile
   * @throws IllegalStateException if it was published or closed before
   */
  public synchronized void publish() {
    if (published || closed) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT, "%s was %s before", target(), published ? "published" : "closed"));
    }
    try {
      begin();
      claim.require();
      place.requireVacant(List.of(id()));
      place.publish(id(), inOrder(), held);
      published = true;
    } catch (ClaimedException e) {
      throw new InvalidSettingsException(
          SettingNames.format(
              "⟨out⟩ %s: %s has taken it meanwhile (%s), and so this one ends; nothing was published",
              target(), e.holder(), e.where()),
          e);
    } catch (InvalidSettingsException e) {
      throw failure(new IOException("something else is there now", e));
    } catch (IOException e) {
      throw failure(e);
    }
    release();
  }

  /** Files of other writers come first. */
  private List<String> inOrder() throws IOException {
    List<String> found = new ArrayList<>();
    for (FileStatus file : files.listStatus(place.folder(id()))) {
      found.add(file.getPath().getName());
    }
    return Stream.concat(
            found.stream().filter(name -> !names.contains(name)).sorted(),
            names.stream().filter(found::contains))
        .toList();
  }

  private void release() {
    unhook();
    try {
      claim.close();
    } catch (IOException e) {
      // The files are published. The claim of a process that has ended holds nobody up.
    }
  }

  private void unhook() {
    try {
      ShutdownHookManager.get().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending. The hook finds nothing to do.
    }
  }

  /** The failure for the user if writing into this directory fails. */
  public OutputException failure(IOException cause) {
    return new OutputException(
        SettingNames.format(
            "⟨out⟩ %s: writing failed (%s); nothing was published",
            target(), Storage.reason(cause, target())),
        cause);
  }

  /**
   * Removes the files unless they were published, and also the parent folders that were created for
   * them, if these are empty.
   */
  @Override
  public synchronized void close() throws IOException {
    if (published || closed) {
      return;
    }
    closed = true;
    if (begun) {
      deletePending();
    }
    unhook();
    claimed.release();
  }

  private void closeAtExit() {
    try {
      close();
    } catch (IOException | RuntimeException e) {
      // The next run with this directory cleans up.
    }
  }

  /**
   * Deletes what was written until it is gone: tasks that do not know yet that their job failed may
   * add files.
   */
  private void deletePending() throws IOException {
    Path pending = place.pending(id());
    for (int attempt = 1; true; attempt++) {
      place.removeAbandoned(id());
      if (!files.exists(pending)) {
        return;
      }
      if (attempt == DELETE_ATTEMPTS) {
        throw new IOException(pending + " cannot be deleted");
      }
      try {
        Thread.sleep(DELETE_PAUSE_MILLISECONDS);
      } catch (InterruptedException e) {
        throw new InterruptedIOException("interrupted while deleting " + pending);
      }
    }
  }
}
