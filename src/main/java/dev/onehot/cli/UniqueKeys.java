package dev.onehot.cli;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Properties in UTF-8, with or without a byte order mark; Java's would be in ISO 8859-1. They
 * notice a key that is given twice, where Java's silently take the last value.
 */
final class UniqueKeys extends Properties {

  private static final long serialVersionUID = 1L;

  private final TreeSet<String> repeated = new TreeSet<>();

  /**
   * @throws CharacterCodingException if the bytes are not in UTF-8
   */
  @Override
  public synchronized void load(InputStream in) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes());
    String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    load(new StringReader(text.startsWith("\uFEFF") ? text.substring(1) : text));
  }

  @Override
  public synchronized Object put(Object key, Object value) {
    Object before = super.put(key, value);
    if (before != null) {
      repeated.add(key.toString());
    }
    return before;
  }

  /** The keys that were given more than once. */
  Set<String> repeated() {
    return repeated;
  }

  /**
   * Reads a file on any file system.
   *
   * @param option names the file on the command line, for messages
   * @throws InvalidSettingsException if it cannot be read
   */
  void read(String option, String location, Configuration hadoop) {
    Path path;
    try {
      path = PathText.parse(location);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingsException(option + ": " + e.getMessage(), e);
    }
    try (InputStream in = Storage.of(path, hadoop).open(path)) {
      load(in);
    } catch (CharacterCodingException e) {
      throw new InvalidSettingsException(
          option + " " + location + ": is not in UTF-8; save it in that encoding", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidSettingsException(
          option + " " + location + ": cannot be read (" + Storage.reason(e, path) + ")", e);
    }
    replaceAll((key, value) -> value.toString().strip());
  }
}
