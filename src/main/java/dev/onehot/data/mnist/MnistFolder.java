package dev.onehot.data.mnist;

import dev.onehot.data.RowFiles;
import dev.onehot.data.idx.IdxFiles;
import dev.onehot.failure.InputException;
import dev.onehot.failure.SettingNames;
import dev.onehot.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A folder with MNIST's file names: {@code train-images…} and {@code train-labels…} to train on,
 * {@code t10k-images…} and {@code t10k-labels…} to test on; or with those of one data set that is
 * named like it ({@link MnistFile}). If MNIST's own names are there, they are meant.
 *
 * <p>A name may continue with {@code -idx3-ubyte} or {@code .idx3-ubyte} (labels: {@code idx1}, or
 * QMNIST's {@code idx2-int}), then in a folder of shards with {@code -00000-of-00004}, then with
 * {@code .gz}. If a file is there both raw and compressed, the raw one is used, with a warning if
 * it is the older one. All other names are ignored, and so are hidden ones, which begin with a dot
 * or an underscore. Rows follow the order of the names.
 */
public final class MnistFolder {

  private static final int NAMES_LISTED = 10;

  /** Some file systems keep times to two seconds. */
  private static final long SAME_TIME_MILLIS = 2000;

  private final Path folder;
  private final List<FileStatus> visible;
  private final List<String> names;
  private final Consumer<String> notes;

  private MnistFolder(Path folder, List<FileStatus> visible, Consumer<String> notes) {
    this.folder = folder;
    this.visible = visible;
    this.names =
        visible.stream().filter(FileStatus::isFile).map(file -> file.getPath().getName()).toList();
    this.notes = notes;
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

  /** Lists a folder, without a warning if a file seems to be out of date. */
  public static MnistFolder open(Path folder, Configuration hadoop) {
    return open(folder, hadoop, note -> {});
  }

  /**
   * Lists a folder.
   *
   * @param notes gets a warning if a file seems to be out of date
   * @throws InputException if there is no such folder
   */
  public static MnistFolder open(Path folder, Configuration hadoop, Consumer<String> notes) {
    try {
      FileSystem files = Storage.of(folder, hadoop);
      if (files.getFileStatus(folder).isFile()) {
        throw new InputException(String.format(Locale.ROOT, "%s: is a file, not a folder", folder));
      }
      return new MnistFolder(folder, visible(files.listStatus(folder)), notes);
    } catch (FileNotFoundException e) {
      throw new InputException(String.format(Locale.ROOT, "%s: no such folder", folder), e);
    } catch (IOException e) {
      throw new InputException(
          String.format(Locale.ROOT, "%s: cannot be read (%s)", folder, Storage.reason(e, folder)),
          e);
    }
  }

  /**
   * The files and folders that are not hidden, sorted by name; a raw file comes before its
   * compressed twin.
   */
  private static List<FileStatus> visible(FileStatus[] found) {
    return Arrays.stream(found)
        .filter(status -> !status.getPath().getName().matches("[._].*"))
        .sorted(Comparator.comparing(status -> status.getPath().getName()))
        .toList();
  }

  /**
   * The rows to train on.
   *
   * @throws InputException if there are none, or files are missing
   */
  public IdxFiles train() {
    return pairs(series(false, false), series(false, true));
  }

  /**
   * The rows to test on; empty if no file's name begins like theirs.
   *
   * @throws InputException if files are missing
   */
  public Optional<IdxFiles> test() {
    return holds(true, false) || holds(true, true) || namesBeginWith(set() + "t10k")
        ? Optional.of(pairs(series(true, false), series(true, true)))
        : Optional.empty();
  }

  /**
   * The rows of a folder that has either rows to train on or rows to test on, with their labels if
   * there are any.
   *
   * @throws InputException if there are none or both, or files are missing
   */
  public IdxFiles only() {
    boolean test = holds(true, false);
    if (test && holds(false, false)) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: it isn't clear which rows are meant, as both %s and %s are there; name them, such as %s",
              folder,
              stem(false, false),
              stem(true, false),
              new Path(folder, stem(false, false) + "*")));
    }
    return withOrWithoutLabels(test);
  }

  /**
   * The rows to test on, with their labels if there are any.
   *
   * @throws InputException if there are none, or files are missing
   */
  public IdxFiles testRows() {
    return withOrWithoutLabels(true);
  }

  private IdxFiles withOrWithoutLabels(boolean test) {
    List<MnistFile> images = series(test, false);
    return holds(test, true)
        ? pairs(images, series(test, true))
        : IdxFiles.unlabelled(
            images.stream().map(image -> new Path(folder, image.name())).toList());
  }

  /** Whether there are such files of the data set. */
  private boolean holds(boolean test, boolean labels) {
    return names.stream().anyMatch(name -> isOf(MnistFile.of(name), test, labels))
        || namesBeginWith(stem(test, labels));
  }

  private boolean namesBeginWith(String beginning) {
    return names.stream().anyMatch(name -> name.startsWith(beginning));
  }

  private boolean isOf(MnistFile file, boolean test, boolean labels) {
    return file != null
        && file.set().equals(set())
        && file.test() == test
        && file.labels() == labels;
  }

  /**
   * The data set of the names, with a dash behind it; empty for MNIST's own names.
   *
   * @throws InputException if there are several
   */
  private String set() {
    TreeMap<String, MnistFile> sets = new TreeMap<>();
    for (String name : names) {
      MnistFile file = MnistFile.of(name);
      if (file != null) {
        sets.merge(file.set(), file, (one, other) -> one.isToTrainOn() ? one : other);
      }
    }
    if (sets.isEmpty() || sets.containsKey("")) {
      return "";
    }
    if (sets.size() > 1) {
      throw new InputException(
          SettingNames.format(
              "%s: it isn't clear which rows are meant, as there are several data sets: %s; name files of one, such as ⟨train⟩ %s",
              folder,
              sets.keySet().stream()
                  .map(set -> set.substring(0, set.length() - 1))
                  .collect(Collectors.joining(", ")),
              new Path(folder, sets.firstEntry().getValue().name())));
    }
    return sets.firstKey();
  }

  /** The usual name of such a file of the data set, up to its format. */
  private String stem(boolean test, boolean labels) {
    String set = set();
    if (set.equals(MnistFile.INFIMNIST)) {
      return (test ? "test10k" : "mnist8m") + (labels ? "-labels" : "-patterns");
    }
    return set
        + (!test ? "train" : set.isEmpty() ? "t10k" : "test")
        + (labels ? "-labels" : "-images");
  }

  private IdxFiles pairs(List<MnistFile> images, List<MnistFile> labels) {
    if (images.size() != labels.size()) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: images and labels don't pair: %d files such as %s, but %d such as %s",
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
  private List<MnistFile> series(boolean test, boolean labels) {
    Collection<MnistFile> files = named(test, labels);
    if (files.isEmpty()) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: no file %s%s (nor the same with .gz or in shards); found %s%s",
              folder,
              stem(test, labels),
              !labels ? "-idx3-ubyte" : set().equals("qmnist-") ? "-idx2-int" : "-idx1-ubyte",
              listing(),
              OtherNames.advice(names)));
    }
    MnistFile first = files.iterator().next();
    TreeMap<Integer, MnistFile> byNumber = new TreeMap<>();
    for (MnistFile file : files) {
      MnistFile twin = byNumber.put(file.number(), file);
      if (twin != null || !file.series().equals(first.series())) {
        throw new InputException(
            String.format(
                Locale.ROOT,
                "%s: it isn't clear which rows are meant, as both %s and %s are there; keep one",
                folder,
                (twin == null ? first : twin).name(),
                file.name()));
      }
    }
    for (int n = 0; n < first.shards(); n++) {
      if (!byNumber.containsKey(n)) {
        throw new InputException(
            String.format(
                Locale.ROOT,
                "%s: shard %d of %s is missing: the name promises %d, numbered from 0, found %d",
                folder,
                n,
                first.series(),
                first.shards(),
                files.size()));
      }
    }
    if (files.size() > first.shards()) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: %s is one too many: the name promises %d, numbered from 0, found %d",
              folder,
              byNumber.lastEntry().getValue().name(),
              first.shards(),
              files.size()));
    }
    return List.copyOf(files);
  }

  private Collection<MnistFile> named(boolean test, boolean labels) {
    TreeMap<String, FileStatus> byStem = new TreeMap<>();
    TreeMap<String, MnistFile> found = new TreeMap<>();
    for (FileStatus status : visible) {
      MnistFile file = status.isFile() ? MnistFile.of(status.getPath().getName()) : null;
      if (!isOf(file, test, labels)) {
        continue;
      }
      String stem = RowFiles.stem(file.name());
      FileStatus raw = byStem.putIfAbsent(stem, status);
      if (raw == null) {
        found.put(stem, file);
      } else {
        warnIfOlder(raw, status);
      }
    }
    return found.values();
  }

  private void warnIfOlder(FileStatus raw, FileStatus gzip) {
    long later = gzip.getModificationTime() - raw.getModificationTime();
    if (raw.getModificationTime() != 0 && later > SAME_TIME_MILLIS) {
      notes.accept(
          String.format(
              Locale.ROOT,
              "warning: %s is read, but %s beside it is newer (%s, not %s); remove the one that is out of date",
              new Path(folder, raw.getPath().getName()),
              gzip.getPath().getName(),
              Instant.ofEpochMilli(gzip.getModificationTime()),
              Instant.ofEpochMilli(raw.getModificationTime())));
    }
  }

  private String listing() {
    if (visible.isEmpty()) {
      return "no files";
    }
    String shown =
        visible.stream()
            .limit(NAMES_LISTED)
            .map(status -> status.getPath().getName() + (status.isFile() ? "" : "/"))
            .collect(Collectors.joining(", "));
    int more = visible.size() - NAMES_LISTED;
    return more > 0 ? String.format(Locale.ROOT, "%s and %d more", shown, more) : shown;
  }
}
