package dev.onehot.data.npy;

import dev.onehot.data.FileStamp;
import dev.onehot.failure.InputException;
import dev.onehot.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file of arrays. Its first bytes say whether it is one array, raw or gzip, or an archive of
 * several; its name doesn't count.
 *
 * @param path as the user wrote it
 * @param archive whether it is {@code .npz}
 * @param arrays by their names: those of an archive, or one with the file's own name
 */
record ArrayFile(Path path, boolean archive, Map<String, StoredArray> arrays) {

  private static final Pattern ENDINGS =
      Pattern.compile("(.*?)(\\.np[yz])?(\\.gz)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final int HEAD = 4;

  /**
   * Opens a file.
   *
   * @throws InputException if it is missing, unreadable, empty, or a broken archive
   */
  static ArrayFile open(Path path, Configuration hadoop) {
    try {
      FileSystem files = Storage.of(path, hadoop);
      FileStatus status = files.getFileStatus(path);
      FileStamp stamp = FileStamp.of(status);
      URI location = files.makeQualified(path).toUri();
      if (status.getLen() == 0) {
        throw new InputException(
            String.format(Locale.ROOT, "%s: is empty; get the file again", path));
      }
      try (FSDataInputStream in = files.open(path)) {
        String head = new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
        if (head.startsWith("PK")) {
          return new ArrayFile(path, true, Npz.arrays(path.toString(), location, stamp, in));
        }
        boolean gzip = head.startsWith("\u001f\u008b");
        StoredArray whole =
            new StoredArray(
                path.toString(),
                location,
                stamp,
                gzip ? StoredArray.Packing.GZIP : StoredArray.Packing.RAW,
                0,
                stamp.length(),
                gzip ? -1 : stamp.length(),
                -1);
        Map<String, StoredArray> arrays = new LinkedHashMap<>();
        arrays.put(stem(path), whole);
        return new ArrayFile(path, false, arrays);
      }
    } catch (FileNotFoundException e) {
      throw new InputException(String.format(Locale.ROOT, "%s: no such file", path), e);
    } catch (IOException e) {
      throw new InputException(
          String.format(Locale.ROOT, "%s: cannot be read (%s)", path, Storage.reason(e, path)), e);
    }
  }

  /** A file's name without {@code .npy} or {@code .npz}, and without {@code .gz}. */
  static String stem(Path path) {
    Matcher parts = ENDINGS.matcher(path.getName());
    return parts.matches() ? parts.group(1) : path.getName();
  }
}
