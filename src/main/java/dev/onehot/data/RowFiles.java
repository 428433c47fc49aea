package dev.onehot.data;

import dev.onehot.failure.InputException;
import dev.onehot.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The files that one path stands for: a file, all files of a folder, or a pattern such as {@code
 * rows/part-*}. Hidden files, which begin with a dot or an underscore, don't count. Rows follow the
 * order of the names.
 */
public final class RowFiles {

  /** A shard, as Onehot and many others name it. */
  private static final Pattern SHARD =
      Pattern.compile("(?<base>.*)-\\d{1,9}-of-(?<shards>\\d{1,9})");

  private RowFiles() {}

  /**
   * The files, in order.
   *
   * @throws InputException if there is none, the same rows would be read twice, or a shard is
   *     missing
   */
  public static List<Path> of(Path path, Configuration hadoop) {
    try {
      FileSystem files = Storage.of(path, hadoop);
      // A name may hold the signs of a pattern.
      if (!files.exists(path)) {
        return matches(files, path);
      }
      return files.getFileStatus(path).isDirectory()
          ? checked(path, visible(files.listStatus(path)))
          : List.of(path);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /**
   * The files and folders of a folder that are not hidden, in the order of their names.
   *
   * @throws InputException if it is no folder
   */
  public static List<FileStatus> in(Path folder, Configuration hadoop) {
    try {
      FileSystem files = Storage.of(folder, hadoop);
      return Arrays.stream(files.listStatus(folder))
          .filter(file -> !isHidden(file))
          .sorted(Comparator.comparing(FileStatus::getPath))
          .toList();
    } catch (FileNotFoundException e) {
      throw new InputException(String.format(Locale.ROOT, "%s: no such folder", folder), e);
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static InputException unreadable(Path path, IOException e) {
    return new InputException(
        String.format(Locale.ROOT, "%s: cannot be read (%s)", path, Storage.reason(e, path)), e);
  }

  private static boolean isHidden(FileStatus file) {
    return file.getPath().getName().matches("[._].*");
  }

  /** The files that a pattern matches. */
  public static List<Path> matches(FileSystem files, Path pattern) throws IOException {
    FileStatus[] found = files.globStatus(pattern);
    if (found == null) {
      throw new InputException(String.format(Locale.ROOT, "%s: no such file or folder", pattern));
    }
    List<Path> matches = visible(found);
    if (matches.isEmpty()) {
      throw new InputException(
          String.format(Locale.ROOT, "%s: no file matches this pattern", pattern));
    }
    return checked(pattern, matches);
  }

  private static List<Path> visible(FileStatus[] found) {
    return Arrays.stream(found)
        .filter(file -> file.isFile() && !isHidden(file))
        .map(FileStatus::getPath)
        .sorted()
        .toList();
  }

  private static List<Path> checked(Path path, List<Path> files) {
    if (files.isEmpty()) {
      throw new InputException(String.format(Locale.ROOT, "%s: holds no file", path));
    }
    for (int i = 1; i < files.size(); i++) {
      // The raw file comes right before its compressed twin.
      if (stem(files.get(i).toString()).equals(files.get(i - 1).toString())) {
        throw new InputException(
            String.format(
                Locale.ROOT,
                "%s: matches both %s and %s, and so the same rows twice; name one of them",
                path,
                files.get(i - 1).getName(),
                files.get(i).getName()));
      }
    }
    requireAllShards(path, files);
    return files;
  }

  /**
   * Names of shards say how many there are. If one is missing, all rows behind it would have other
   * positions.
   */
  private static void requireAllShards(Path pattern, List<Path> matches) {
    Map<String, List<Matcher>> series = new TreeMap<>();
    for (Path file : matches) {
      Matcher shard = SHARD.matcher(stem(file.toString()));
      if (shard.matches()) {
        series
            .computeIfAbsent(shard.group("base") + shard.group("shards"), name -> new ArrayList<>())
            .add(shard);
      }
    }
    for (List<Matcher> shards : series.values()) {
      int promised = Integer.parseInt(shards.get(0).group("shards"));
      if (shards.size() != promised) {
        throw new InputException(
            String.format(
                Locale.ROOT,
                "%s: matches %d of %d shards, such as %s; all of them are needed, or other names",
                pattern,
                shards.size(),
                promised,
                new Path(shards.get(0).group()).getName()));
      }
    }
  }

  /**
   * Files in a few words: {@code data/iris (train.csv and 2 more)}, or the name of the first alone
   * if it has no folder.
   *
   * @param first the first file's path, as the user wrote it
   * @param files how many files there are, at least 1
   */
  public static String description(Path first, int files) {
    String names =
        files == 1
            ? first.getName()
            : String.format(Locale.ROOT, "%s and %,d more", first.getName(), files - 1);
    // A relative path of one name has a parent, but an empty one.
    return first.getParent() == null || first.getParent().toString().isEmpty()
        ? names
        : String.format(Locale.ROOT, "%s (%s)", first.getParent(), names);
  }

  /** The name without {@code .gz}: the same for a raw and a compressed file. */
  public static String stem(String name) {
    return name.endsWith(".gz") ? name.substring(0, name.length() - ".gz".length()) : name;
  }
}
