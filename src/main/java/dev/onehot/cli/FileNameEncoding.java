package dev.onehot.cli;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The character set that the JVM takes arguments and names of files to be in. */
final class FileNameEncoding {

  private final Charset charset;

  FileNameEncoding(Charset charset) {
    this.charset = charset;
  }

  /** That of this JVM, which it takes from the environment (LC_ALL, LC_CTYPE, LANG). */
  static FileNameEncoding ofThisJvm() {
    return new FileNameEncoding(
        Charset.forName(System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name())));
  }

  /**
   * Whether a path is as the user gave it, and can be a file's name.
   *
   * <p>The JVM replaces what it cannot decode by U+FFFD. Before that, Spark's launcher may have
   * printed a question mark for each byte that is not ASCII, at least two for a character of UTF-8.
   */
  boolean holds(String path) {
    boolean ascii = charset.equals(StandardCharsets.US_ASCII);
    return charset.newEncoder().canEncode(path)
        && path.indexOf('\uFFFD') < 0
        && !(ascii && path.contains("??"));
  }

  /** What to do if it does not. */
  String advice() {
    return "the environment's character set is " + charset + "; set LC_ALL=C.UTF-8";
  }
}
