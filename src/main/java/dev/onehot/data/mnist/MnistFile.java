package dev.onehot.data.mnist;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file whose name says which of MNIST's rows it holds.
 *
 * @param name the file's name
 * @param kind {@code train-images}, {@code train-labels}, {@code t10k-images} or {@code
 *     t10k-labels}
 * @param series the name without the shard's number and {@code .gz}: the same for all files whose
 *     rows belong together
 * @param number the shard's number, from 0
 * @param shards the number of shards in the series
 */
record MnistFile(String name, String kind, String series, int number, int shards) {

  private static final Pattern NAME =
      Pattern.compile(
          "(?<base>(?<kind>(train|t10k)-(images(?=[-.]idx3|-\\d|$)|labels(?=[-.]idx1|-\\d|$)))"
              + "([-.]idx[13]-ubyte)?)(-(?<number>\\d{1,9})-of-(?<shards>\\d{1,9}))?");

  /** The file with that name; null if the name is not one of MNIST's. */
  static MnistFile of(String name) {
    Matcher parts = NAME.matcher(stem(name));
    if (!parts.matches()) {
      return null;
    }
    String base = parts.group("base");
    String shards = parts.group("shards");
    return shards == null
        ? new MnistFile(name, parts.group("kind"), base, 0, 1)
        : new MnistFile(
            name,
            parts.group("kind"),
            base + "-of-" + shards,
            Integer.parseInt(parts.group("number")),
            Integer.parseInt(shards));
  }

  /** The name without {@code .gz}: the same for a raw and a compressed file. */
  static String stem(String name) {
    return name.endsWith(".gz") ? name.substring(0, name.length() - ".gz".length()) : name;
  }
}
