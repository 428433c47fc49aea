package dev.onehot.data.mnist;

import dev.onehot.data.idx.IdxFiles;
import dev.onehot.failure.InputException;
import dev.onehot.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A folder with MNIST's file names: {@code train-images…} and {@code train-labels…} to train on,
 * {@code t10k-images…} and {@code t10k-labels…} to test on.
 *
 * <p>A name may continue with {@code -idx3-ubyte} or {@code .idx3-ubyte} (labels: {@code idx1}),
 * then in a folder of shards with {@code -00000-of-00004}, then with {@code .gz}. If a file is
 * there both raw and compressed, the raw one is used. All other names are ignored, and so are
 * hidden ones, which begin with a dot or an underscore. Rows follow the order of the names.
 */
public final class MnistFolder {

  private static final int NAMES_LISTED = 10;

  private final Path folder;
  private final List<String> names;

  private MnistFolder(Path folder, List<String> names) {
    this.folder = folder;
    this.names = names;
  }

  /**
   * The name of a shard's file in such a folder. If there is only one shard, it is the name without
   * a number.
   *
   * @param base the name without the shard's number, such as {@code train-images-idx3-ubyte}
   */
  public static String nameOf(String base, int number, int shards) {
    return shards == 1 ? base : String.format(Locale.ROOT, "%s-%05d-of-%05d", base, number, shards);
  }

  /**
   * Lists a folder.
   *
   * @throws InputException if there is no such folder
   */
  public static MnistFolder open(Path folder, Configuration hadoop) {
    try {
      FileSystem files = Storage.of(folder, hadoop);
      if (files.getFileStatus(folder).isFile()) {
        throw new InputException("%s: is a file, not a folder".formatted(folder));
      }
      return new MnistFolder(folder, visible(files.listStatus(folder)));
    } catch (FileNotFoundException e) {
      throw new InputException("%s: no such folder".formatted(folder), e);
    } catch (IOException e) {
      throw new InputException(
          "%s: cannot be read (%s)".formatted(folder, Storage.reason(e, folder)), e);
    }
  }

  /**
   * The names of the files that are not hidden, sorted; a raw file comes before its compressed
   * twin.
   */
  private static List<String> visible(FileStatus[] found) {
    return Arrays.stream(found)
        .filter(FileStatus::isFile)
        .map(status -> status.getPath().getName())
        .filter(name -> !name.startsWith(".") && !name.startsWith("_"))
        .sorted()
        .toList();
  }

  /**
   * The rows to train on.
   *
   * @throws InputException if there are none, or files are missing
   */
  public IdxFiles train() {
    return pairs(series("train-images", "-idx3-ubyte"), series("train-labels", "-idx1-ubyte"));
  }

  /**
   * The rows to test on.
   *
   * @throws InputException if there are none, or files are missing
   */
  public IdxFiles test() {
    return pairs(series("t10k-images", "-idx3-ubyte"), series("t10k-labels", "-idx1-ubyte"));
  }

  private IdxFiles pairs(List<MnistFile> images, List<MnistFile> labels) {
    if (images.size() != labels.size()) {
      throw new InputException(
          "%s: images and labels don't pair: %d files such as %s, but %d such as %s"
              .formatted(
                  folder,
                  images.size(),
                  images.get(0).name(),
                  labels.size(),
                  labels.get(0).name()));
    }
    Map<Integer, MnistFile> labelsOf =
        labels.stream().collect(Collectors.toMap(MnistFile::number, Function.identity()));
    List<Path> imagePaths = new ArrayList<>();
    List<Path> labelPaths = new ArrayList<>();
    for (MnistFile image : images) {
      imagePaths.add(new Path(folder, image.name()));
      labelPaths.add(new Path(folder, labelsOf.get(image.number()).name()));
    }
    return new IdxFiles(imagePaths, labelPaths);
  }

  /**
   * All files of a kind, sorted by name. Makes sure that none is missing and none is there twice.
   */
  private List<MnistFile> series(String kind, String usualSuffix) {
    Collection<MnistFile> files = named(kind);
    if (files.isEmpty()) {
      throw new InputException(
          "%s: no file %s%s (nor the same with .gz or in shards); found %s"
              .formatted(folder, kind, usualSuffix, listing()));
    }
    MnistFile first = files.iterator().next();
    TreeMap<Integer, MnistFile> byNumber = new TreeMap<>();
    for (MnistFile file : files) {
      MnistFile twin = byNumber.put(file.number(), file);
      if (twin != null || !file.series().equals(first.series())) {
        throw new InputException(
            "%s: it isn't clear which rows are meant, as both %s and %s are there; keep one"
                .formatted(folder, (twin == null ? first : twin).name(), file.name()));
      }
    }
    for (int n = 0; n < first.shards(); n++) {
      if (!byNumber.containsKey(n)) {
        throw new InputException(
            "%s: shard %d of %s is missing: the name promises %d, numbered from 0, found %d"
                .formatted(folder, n, first.series(), first.shards(), files.size()));
      }
    }
    if (files.size() > first.shards()) {
      throw new InputException(
          "%s: %s is one too many: the name promises %d, numbered from 0, found %d"
              .formatted(
                  folder, byNumber.lastEntry().getValue().name(), first.shards(), files.size()));
    }
    return List.copyOf(files);
  }

  private Collection<MnistFile> named(String kind) {
    TreeMap<String, MnistFile> byStem = new TreeMap<>();
    names.stream()
        .map(MnistFile::of)
        .filter(Objects::nonNull)
        .filter(file -> file.kind().equals(kind))
        .forEach(file -> byStem.putIfAbsent(MnistFile.stem(file.name()), file));
    return byStem.values();
  }

  private String listing() {
    if (names.isEmpty()) {
      return "no files";
    }
    String shown = names.stream().limit(NAMES_LISTED).collect(Collectors.joining(", "));
    int more = names.size() - NAMES_LISTED;
    return more > 0 ? "%s and %d more".formatted(shown, more) : shown;
  }
}
