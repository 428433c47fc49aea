package dev.onehot.job;

import dev.onehot.data.RowFiles;
import dev.onehot.data.RowFormat;
import dev.onehot.failure.InputException;
import dev.onehot.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Finds the format of a file by its name or, if that says nothing, by its first bytes. */
final class FormatDetection {

  private static final int HEAD = 4096;

  /** A label, perhaps with a sign, then indexes with values. */
  private static final Pattern LIBSVM_LINE =
      Pattern.compile(
          "\\s*([^\\s:,]+\\s+)?(qid:\\d+\\s+)?\\d+:[^\\s:,]+(\\s+\\d+:[^\\s:,]+)*\\s*(#.*)?");

  private FormatDetection() {}

  /**
   * The format of a file.
   *
   * @throws InputException if there is no such file, or it cannot be read
   */
  static RowFormat of(Path file, Configuration hadoop) {
    RowFormat named = byName(file.getName());
    return named != null ? named : byContent(head(file, hadoop));
  }

  /** The format that a file's name says; null if it says none. */
  static RowFormat byName(String name) {
    String stem = RowFiles.stem(name.toLowerCase(Locale.ROOT));
    if (stem.matches(".*\\.(csv|tsv)")) {
      return RowFormat.CSV;
    }
    if (stem.matches(".*\\.(libsvm|svm|svmlight)")) {
      return RowFormat.LIBSVM;
    }
    if (stem.matches(".*\\.(npy|npz)")) {
      return RowFormat.NPY;
    }
    return stem.matches(".*[-.]idx\\d(-\\w+)?") ? RowFormat.IDX : null;
  }

  /** The format of a file that begins so. */
  static RowFormat byContent(byte[] head) {
    String start = new String(head, StandardCharsets.ISO_8859_1);
    if (start.startsWith("\u0093NUMPY") || start.startsWith("PK\3\4")) {
      return RowFormat.NPY;
    }
    if (start.startsWith("\0\0") || start.isEmpty()) {
      return RowFormat.IDX;
    }
    String text = new String(head, StandardCharsets.UTF_8);
    String line =
        text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).findFirst().orElse("");
    boolean whole = text.indexOf('\n') >= 0 || head.length < HEAD;
    if (LIBSVM_LINE.matcher(whole ? line : line.replaceFirst("\\s\\S*$", "")).matches()) {
      return RowFormat.LIBSVM;
    }
    return line.indexOf(',') >= 0 || line.indexOf('\t') >= 0 || line.indexOf(';') >= 0
        ? RowFormat.CSV
        : RowFormat.IDX;
  }

  private static byte[] head(Path file, Configuration hadoop) {
    try (InputStream in = Storage.of(file, hadoop).open(file)) {
      byte[] head = in.readNBytes(HEAD);
      if (head.length < 2
          || Byte.toUnsignedInt(head[0]) != 0x1f
          || Byte.toUnsignedInt(head[1]) != 0x8b) {
        return head;
      }
    } catch (FileNotFoundException e) {
      throw new InputException(String.format(Locale.ROOT, "%s: no such file", file), e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    try (InputStream in = new GZIPInputStream(Storage.of(file, hadoop).open(file))) {
      return in.readNBytes(HEAD);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static InputException unreadable(Path file, IOException e) {
    return new InputException(
        String.format(Locale.ROOT, "%s: cannot be read (%s)", file, Storage.reason(e, file)), e);
  }
}
