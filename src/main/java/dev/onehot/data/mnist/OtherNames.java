package dev.onehot.data.mnist;

import dev.onehot.failure.SettingNames;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/** What to do with a folder whose files have other names than MNIST's. */
final class OtherNames {

  /** EMNIST's, QMNIST's and the like: MNIST's name behind a prefix. */
  private static final Pattern PREFIXED =
      Pattern.compile("(?<set>.+?)[-_]?train-images[-.]idx3-ubyte(?<gzip>\\.gz)?");

  private static final Pattern ARCHIVE =
      Pattern.compile(".*\\.(zip|tar|tar\\.gz|tgz|7z|rar|bz2|xz|zst)", Pattern.CASE_INSENSITIVE);

  private static final Pattern OTHER_FORMAT =
      Pattern.compile(
          ".*\\.(csv|npz|npy|parquet|arff|pkl|mat|h5|jsonl?|png|jpe?g|libsvm|svm)(\\.gz)?",
          Pattern.CASE_INSENSITIVE);

  private OtherNames() {}

  /**
   * The end of a message about files that are not there.
   *
   * @param names the names of the folder's files
   * @return empty if nothing can be said
   */
  static String advice(Path folder, List<String> names) {
    Optional<Matcher> prefixed =
        names.stream().map(PREFIXED::matcher).filter(Matcher::matches).findFirst();
    if (prefixed.isPresent()) {
      return paths(folder, prefixed.get(), names);
    }
    for (String name : names) {
      if (ARCHIVE.matcher(name).matches()) {
        return "; unpack " + name;
      }
    }
    for (String name : names) {
      if (OTHER_FORMAT.matcher(name).matches()) {
        return String.format(
            Locale.ROOT,
            "; only IDX files are read, not such as %s (fetch-mnist downloads MNIST's)",
            name);
      }
    }
    return "";
  }

  /** The settings that name a prefixed set's files one by one. */
  private static String paths(Path folder, Matcher train, List<String> names) {
    String images = train.group();
    String set = train.group("set");
    String gzip = train.group("gzip") == null ? "" : train.group("gzip");
    String stem = images.substring(0, images.length() - gzip.length());
    String test =
        names.stream()
            .filter(name -> isTestOf(name, stem))
            .findFirst()
            .map(name -> SettingNames.format(" and ⟨test⟩ %s", new Path(folder, name)))
            .orElse("");
    return SettingNames.format("; give ⟨train⟩ %s%s", new Path(folder, images), test) + remark(set);
  }

  private static boolean isTestOf(String name, String stem) {
    String plain = MnistFile.stem(name);
    return plain.equals(stem.replace("train-images", "test-images"))
        || plain.equals(stem.replace("train-images", "t10k-images"));
  }

  private static String remark(String set) {
    if (set.startsWith("qmnist")) {
      return ", after writing the first column of its labels (idx2-int) as bytes (idx1-ubyte)";
    }
    if (!set.startsWith("emnist")) {
      return "";
    }
    int classes =
        switch (set) {
          case "emnist-letters" -> 27;
          case "emnist-balanced", "emnist-bymerge" -> 47;
          case "emnist-byclass" -> 62;
          default -> 10;
        };
    return SettingNames.format(
        " with ⟨classes⟩ %d%s (EMNIST's pictures lie on their side: rows and columns are swapped)",
        classes, classes == 27 ? ", as its labels are 1 to 26" : "");
  }
}
