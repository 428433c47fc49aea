package dev.onehot.data.mnist;

import dev.onehot.data.RowFiles;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file whose name says which rows of which data set it holds: MNIST's own names, and those of the
 * sets that came after it. EMNIST and QMNIST put their name in front, such as {@code
 * emnist-letters-train-images-idx3-ubyte}. Infimnist has {@code mnist8m-patterns-idx3-ubyte} to
 * train on and {@code test10k-patterns-idx3-ubyte} to test on.
 *
 * @param name the file's name
 * @param set the data set's name with the dash behind it; empty for MNIST's own names
 * @param test whether its rows are to test on rather than to train on
 * @param labels whether it holds labels rather than features
 * @param series the name without the shard's number and {@code .gz}: the same for all files whose
 *     rows belong together
 * @param number the shard's number, from 0
 * @param shards the number of shards in the series
 */
record MnistFile(
    String name, String set, boolean test, boolean labels, String series, int number, int shards) {

  /** The data set of infimnist's names, whose files don't begin alike. */
  static final String INFIMNIST = "infimnist-";

  private static final Pattern NAME =
      Pattern.compile(
          "(?<base>((?<infinite>mnist\\d+[km]|test10k)|(?<set>(.+[-_.])?)(?<part>train|t10k|test))"
              + "-((images|patterns)(?=[-.]idx\\d|-\\d|$)|(?<labels>labels)(?=[-.]idx[12]|-\\d|$))"
              + "([-.]idx\\d-\\w+)?)(-(?<number>\\d{1,9})-of-(?<shards>\\d{1,9}))?");

  /** Whether it holds features to train on. */
  boolean isToTrainOn() {
    return !test && !labels;
  }

  /** The file with that name; null if the name is none of these. */
  static MnistFile of(String name) {
    Matcher parts = NAME.matcher(RowFiles.stem(name));
    if (!parts.matches()) {
      return null;
    }
    String base = parts.group("base");
    String infinite = parts.group("infinite");
    String shards = parts.group("shards");
    return new MnistFile(
        name,
        infinite == null ? parts.group("set") : INFIMNIST,
        infinite == null ? !"train".equals(parts.group("part")) : infinite.startsWith("test"),
        parts.group("labels") != null,
        shards == null ? base : base + "-of-" + shards,
        shards == null ? 0 : Integer.parseInt(parts.group("number")),
        shards == null ? 1 : Integer.parseInt(shards));
  }
}
