package dev.onehot.predict;

import java.io.Serializable;

/**
 * How files of predictions look.
 *
 * @param format the format
 * @param gzip whether files are compressed
 * @param probabilities whether each row has the probabilities of all classes
 */
public record FileOptions(FileFormat format, boolean gzip, boolean probabilities)
    implements Serializable {

  /** The default format. */
  public static final FileFormat FORMAT = FileFormat.CSV;

  /** CSV, not compressed, with the probability of the most probable class only. */
  public static FileOptions defaults() {
    return new FileOptions(FORMAT, false, false);
  }

  /** These options with another format. */
  public FileOptions withFormat(FileFormat other) {
    return new FileOptions(other, gzip, probabilities);
  }

  /** These options with compressed files, or without. */
  public FileOptions withGzip(boolean compressed) {
    return new FileOptions(format, compressed, probabilities);
  }

  /** These options with the probabilities of all classes, or without. */
  public FileOptions withProbabilities(boolean all) {
    return new FileOptions(format, gzip, all);
  }

  /** The end of a file's name, such as {@code .csv.gz}. */
  String extension() {
    return format.extension() + (gzip ? ".gz" : "");
  }
}
