package dev.onehot.data.mnist;

import dev.onehot.data.idx.IdxFiles;
import dev.onehot.failure.InputException;
import dev.onehot.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Finds the files that one path stands for: a file of images, a folder of shards with MNIST's
 * names, or a pattern such as {@code rows/part-*-images}. Rows follow the order of the names.
 * Labels that lie beside the images are used.
 */
public final class ImageFiles {

  /** A shard, as Onehot and many others name it. */
  private static final Pattern SHARD =
      Pattern.compile("(?<base>.*)-\\d{1,9}-of-(?<shards>\\d{1,9})");

  private ImageFiles() {}

  /**
   * The files, with their labels if there are any.
   *
   * @param notes gets a warning if a file seems to be out of date
   * @throws InputException if there is no such file, or only some files have labels
   */
  public static IdxFiles of(Path input, Configuration hadoop, Consumer<String> notes) {
    try {
      FileSystem files = Storage.of(input, hadoop);
      // A name may hold the signs of a pattern.
      if (!files.exists(input)) {
        return withLabelsBeside(matches(files, input), hadoop);
      }
      return files.getFileStatus(input).isDirectory()
          ? MnistFolder.open(input, hadoop, notes).only()
          : withLabelsBeside(List.of(input), hadoop);
    } catch (IOException e) {
      throw new InputException(
          String.format(Locale.ROOT, "%s: cannot be read (%s)", input, Storage.reason(e, input)),
          e);
    }
  }

  private static List<Path> matches(FileSystem files, Path pattern) throws IOException {
    FileStatus[] found = files.globStatus(pattern);
    if (found == null) {
      throw new InputException(String.format(Locale.ROOT, "%s: no such file or folder", pattern));
    }
    List<Path> matches =
        Arrays.stream(found)
            .filter(file -> file.isFile() && !file.getPath().getName().matches("[._].*"))
            .map(FileStatus::getPath)
            .sorted()
            .toList();
    if (matches.isEmpty()) {
      throw new InputException(
          String.format(Locale.ROOT, "%s: no file matches this pattern", pattern));
    }
    for (int i = 1; i < matches.size(); i++) {
      // The raw file comes right before its compressed twin.
      if (MnistFile.stem(matches.get(i).toString()).equals(matches.get(i - 1).toString())) {
        throw new InputException(
            String.format(
                Locale.ROOT,
                "%s: matches both %s and %s, and so the same rows twice; name one of them",
                pattern,
                matches.get(i - 1).getName(),
                matches.get(i).getName()));
      }
    }
    requireAllShards(pattern, matches);
    return matches;
  }

  /**
   * Names of shards say how many there are. If one is missing, all rows behind it would have other
   * positions.
   */
  private static void requireAllShards(Path pattern, List<Path> matches) {
    Map<String, List<Matcher>> series = new TreeMap<>();
    for (Path file : matches) {
      Matcher shard = SHARD.matcher(MnistFile.stem(file.toString()));
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

  private static IdxFiles withLabelsBeside(List<Path> images, Configuration hadoop) {
    List<Path> labels = new ArrayList<>();
    Path labelled = null;
    Path unlabelled = null;
    for (Path image : images) {
      Optional<Path> found = LabelsBeside.ifThere(image, hadoop);
      found.ifPresent(labels::add);
      if (found.isPresent()) {
        labelled = image;
      } else {
        unlabelled = image;
      }
    }
    if (labelled != null && unlabelled != null) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s has labels beside it, but %s has none; all files need them, or none",
              labelled,
              unlabelled.getName()));
    }
    return new IdxFiles(images, labels);
  }
}
