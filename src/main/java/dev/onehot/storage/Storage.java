package dev.onehot.storage;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** File systems, and operations on their files. */
public final class Storage {

  private static final Set<String> WITHOUT_COLONS = Set.of("hdfs", "webhdfs", "swebhdfs");

  /** A call to a server, in Hadoop's words. */
  private static final Pattern CALL =
      Pattern.compile("^Call From \\S+ to (\\S+) failed on .*?: [\\w.]+: ([^;]+);");

  private Storage() {}

  /**
   * The file system of a path: that of its scheme, or {@code fs.defaultFS} if it has none.
   *
   * <p>For local files it is not Hadoop's checksummed one, which writes a hidden {@code .crc}
   * beside every file.
   *
   * @throws IOException if the file system cannot be had, such as for an unknown scheme or host, or
   *     does not allow such names; the message says what to do
   */
  public static FileSystem of(Path path, Configuration hadoop) throws IOException {
    FileSystem files;
    try {
      files = path.getFileSystem(hadoop);
    } catch (IOException | RuntimeException | LinkageError | ServiceConfigurationError e) {
      throw NoFileSystemException.of(path, e);
    }
    if (WITHOUT_COLONS.contains(String.valueOf(files.getUri().getScheme()))
        && path.toUri().getPath().contains(":")) {
      throw new IOException("HDFS allows no colon in a name");
    }
    if (!(files instanceof LocalFileSystem local)) {
      return files;
    }
    FileSystem raw = local.getRawFileSystem();
    return raw.getClass() == RawLocalFileSystem.class
        ? new LocalDisk((RawLocalFileSystem) raw, hadoop)
        : raw;
  }

  /** A path in a folder, whatever characters the name has. */
  public static Path child(Path folder, String name) {
    // As text alone, what stands before a colon would be taken for a scheme.
    return new Path(folder, new Path(null, null, name));
  }

  /**
   * Opens a new file in an existing directory. {@link FileSystem#create} would create a missing
   * directory, and so restore one that was deleted or renamed meanwhile. Closing the file syncs it
   * to disk if the file system can do so.
   */
  public static OutputStream newFile(FileSystem files, Path path) throws IOException {
    return new SyncedOutputStream(files.createFile(path).overwrite(false).build());
  }

  /** Opens a file of a folder as text, which is in UTF-8. */
  public static Reader text(FileSystem files, Path folder, String name) throws IOException {
    return new InputStreamReader(files.open(child(folder, name)), StandardCharsets.UTF_8);
  }

  /** The files directly in a directory whose whole name matches. */
  public static List<FileStatus> named(FileSystem files, Path directory, Pattern name)
      throws IOException {
    List<FileStatus> found = new ArrayList<>();
    for (FileStatus file : files.listStatus(directory)) {
      if (file.isFile() && name.matcher(file.getPath().getName()).matches()) {
        found.add(file);
      }
    }
    return found;
  }

  /**
   * Why an operation on a path failed, in a few words: the system's reason without the exception's
   * class. If the reason comes after the path, or after the path of a file below it, the text
   * begins after that path.
   */
  public static String reason(Exception failure, Path path) {
    if (failure instanceof ConnectException && failure.getMessage() != null) {
      Matcher call = CALL.matcher(failure.getMessage());
      if (call.find()) {
        return String.format(Locale.ROOT, "no answer from %s: %s", call.group(1), call.group(2));
      }
    }
    String message = failure.getMessage();
    if (failure instanceof NoFileSystemException) {
      return message;
    }
    if (message == null || message.isBlank()) {
      return failure.getClass().getSimpleName();
    }
    String firstLine = message.lines().findFirst().orElse(message);
    Matcher named =
        Pattern.compile(Pattern.quote(path.toUri().getPath()) + "(/[^\\s:(\"]*)?")
            .matcher(firstLine);
    // If a colon comes before the path, the reason comes first: HDFS names user and owner after it.
    if (!named.find() || firstLine.substring(0, named.start()).contains(": ")) {
      return firstLine;
    }
    String rest = firstLine.substring(named.end());
    String trimmed = rest.replaceFirst("^[\\s:.]+", "").replaceFirst("^\\((.*)\\)$", "$1");
    return trimmed.isBlank() ? firstLine : trimmed;
  }
}
