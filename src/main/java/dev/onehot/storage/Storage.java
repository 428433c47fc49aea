package dev.onehot.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** Where a path's bytes are. */
public final class Storage {

  private Storage() {}

  /**
   * The file system of a path, by its scheme or else by {@code fs.defaultFS}.
   *
   * <p>Of the local file system it is the raw one: Hadoop's own would leave a hidden {@code .crc}
   * beside every file it writes.
   */
  public static FileSystem of(Path path, Configuration hadoop) throws IOException {
    FileSystem files = path.getFileSystem(hadoop);
    return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
  }

  /**
   * Opens a new file in a directory that exists. {@link FileSystem#create} would make a missing
   * one, and so bring back what was deleted or renamed meanwhile.
   */
  public static OutputStream newFile(FileSystem files, Path path) throws IOException {
    return new CheckedOutputStream(files.createFile(path).overwrite(false).build());
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
   * class and, where the reason comes after it, without the path or that of a file below it.
   */
  public static String reason(Exception failure, Path path) {
    String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      return failure.getClass().getSimpleName();
    }
    String firstLine = message.lines().findFirst().orElse(message);
    Matcher named =
        Pattern.compile(Pattern.quote(path.toUri().getPath()) + "(/[^\\s:(\"]*)?")
            .matcher(firstLine);
    // What a colon ends before the path is the reason already: HDFS names user and owner after it.
    if (!named.find() || firstLine.substring(0, named.start()).contains(": ")) {
      return firstLine;
    }
    String rest = firstLine.substring(named.end());
    String trimmed = rest.replaceFirst("^[\\s:.]+", "").replaceFirst("^\\((.*)\\)$", "$1");
    return trimmed.isBlank() ? firstLine : trimmed;
  }
}
