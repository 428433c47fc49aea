package dev.onehot.data;

import dev.onehot.failure.InputException;
import dev.onehot.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The length and time of a file, which show without reading it whether it has changed.
 *
 * @param length in bytes
 * @param modified in milliseconds since 1970; 0 if the file system does not know it
 * @param machine the machine that saw the file
 */
public record FileStamp(long length, long modified, String machine) implements Serializable {

  /** The stamp of a file as it is now. */
  public static FileStamp of(FileStatus file) {
    return new FileStamp(file.getLen(), file.getModificationTime(), Machine.NAME);
  }

  /**
   * Makes sure that the file is still the same.
   *
   * @param name the file's name, for messages
   * @param path where it is, fully qualified
   * @throws InputException if it has changed or disappeared
   * @throws IOException if the file system cannot say
   */
  public void requireUnchanged(String name, Path path, Configuration hadoop) throws IOException {
    FileStamp now;
    try {
      now = of(Storage.of(path, hadoop).getFileStatus(path));
    } catch (FileNotFoundException e) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: has disappeared since the run began; put it where every machine can read it, and run again",
              name),
          e);
    }
    Optional<String> difference = difference(now, "file".equals(path.toUri().getScheme()));
    if (difference.isPresent()) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: changed since the run began (%s); run again on files that stay as they are",
              name,
              difference.get()));
    }
  }

  /** How a later stamp of the same file differs, in a few words; empty if it does not. */
  public Optional<String> difference(FileStamp later, boolean local) {
    // Copies of a local file on other machines may have other times.
    boolean timesCompare =
        modified != 0 && later.modified != 0 && (!local || machine.equals(later.machine));
    if (length == later.length && (!timesCompare || modified == later.modified)) {
      return Optional.empty();
    }
    String lengths =
        length == later.length
            ? String.format(Locale.ROOT, "length still %d", length)
            : String.format(Locale.ROOT, "length %d, now %d", length, later.length);
    return Optional.of(
        timesCompare && modified != later.modified
            ? String.format(
                Locale.ROOT,
                "%s; modified %s, now %s",
                lengths,
                Instant.ofEpochMilli(modified),
                Instant.ofEpochMilli(later.modified))
            : lengths);
  }

  /**
   * The machine's name. It is looked up once for each JVM, as the look-up may ask a name server.
   */
  private static final class Machine {

    static final String NAME = name();

    private static String name() {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException e) {
        return e.getMessage();
      }
    }
  }
}
