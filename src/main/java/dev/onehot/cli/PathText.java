package dev.onehot.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.TypeConversionException;

/** Turns text from the command line or a settings file into a path. */
final class PathText {

  /** What stands before a colon that comes before any slash. */
  private static final Pattern BEFORE_COLON = Pattern.compile("([^/:]+):(.*)");

  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");

  private PathText() {}

  /**
   * The path that the text means. A {@code ~} at its beginning is the home folder, as in a shell; a
   * shell itself leaves it as it is within quotes and in {@code --out=~/x}. A colon is a part of
   * the name, unless what stands before it is the scheme of a file system.
   *
   * @throws IllegalArgumentException if it is no path, or the environment has garbled it; the
   *     message says why
   */
  static Path parse(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("'' is no path");
    }
    FileNameEncoding encoding = FileNameEncoding.ofThisJvm();
    if (!encoding.holds(text)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "'%s' is garbled: %s", text, encoding.advice()));
    }
    if (text.startsWith("~")) {
      return parse(inHome(text));
    }
    Matcher colon = BEFORE_COLON.matcher(text);
    if (colon.matches() && !colon.group(2).startsWith("/")) {
      if (isFileSystem(colon.group(1))) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "'%s' is no path; a slash comes after %s:", text, colon.group(1)));
      }
      return new Path(null, null, text);
    }
    try {
      return new Path(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + text + "' is no path", e);
    }
  }

  /**
   * The same for an argument.
   *
   * @throws TypeConversionException if it is no path
   */
  static Path argument(String text) {
    try {
      return parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  private static String inHome(String text) {
    String user = text.substring(1).split("/", 2)[0];
    if (!user.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "'%s' begins with ~%s, which only a shell knows; write the folder out, or ./%s if that is its name",
              text,
              user,
              text));
    }
    String home = System.getenv("HOME");
    if (home == null || home.isBlank()) {
      home = System.getProperty("user.home", "");
    }
    if (!home.startsWith("/")) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "'%s' begins with ~, but no home folder is known; set HOME or write it out",
              text));
    }
    return home + text.substring(1);
  }

  private static boolean isFileSystem(String scheme) {
    if (!SCHEME.matcher(scheme).matches()) {
      return false;
    }
    try {
      FileSystem.getFileSystemClass(scheme, new Configuration());
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
