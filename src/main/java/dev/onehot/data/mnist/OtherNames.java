package dev.onehot.data.mnist;

import dev.onehot.failure.SettingNames;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What to do with a folder whose files have other names than MNIST's. */
final class OtherNames {

  private static final Pattern ARCHIVE = ofExtensions("zip|tar|tar\\.gz|tgz|7z|rar|bz2|xz|zst");

  private static final Pattern OTHER_FORMAT =
      ofExtensions("(csv|tsv|npz|npy|libsvm|svm|svmlight)(\\.gz)?");

  private static final Pattern NOT_READ =
      ofExtensions("(parquet|arff|pkl|mat|h5|jsonl?|png|jpe?g)(\\.gz)?");

  private OtherNames() {}

  private static Pattern ofExtensions(String extensions) {
    return Pattern.compile(".*\\.(" + extensions + ")", Pattern.CASE_INSENSITIVE);
  }

  /**
   * The end of a message about files that are not there.
   *
   * @param names the names of the folder's files
   * @return empty if nothing can be said
   */
  static String advice(List<String> names) {
    return first(ARCHIVE, names)
        .map(name -> "; unpack " + name)
        .or(
            () ->
                first(OTHER_FORMAT, names)
                    .map(
                        name ->
                            SettingNames.format(
                                "; if files such as %s are meant, name them by ⟨train⟩ and leave out ⟨format⟩ or give theirs",
                                name)))
        .or(
            () ->
                first(NOT_READ, names)
                    .map(
                        name ->
                            SettingNames.format(
                                "; IDX, CSV, LIBSVM and NumPy files are read, not such as %s (fetch-mnist downloads MNIST's)",
                                name)))
        .orElse("");
  }

  private static Optional<String> first(Pattern pattern, List<String> names) {
    return names.stream().filter(name -> pattern.matcher(name).matches()).findFirst();
  }
}
