package dev.onehot.predict;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.Locale;
import java.util.regex.Pattern;

/** A format of text files with a line a row. */
public enum FileFormat {

  /** Comma-separated values as in RFC 4180, with a header, and lines that end with a line feed. */
  CSV {
    @Override
    String quoted(String text) {
      return text.isEmpty() || CSV_SIGNS.matcher(text).find()
          ? '"' + text.replace("\"", "\"\"") + '"'
          : text;
    }
  },

  /** JSON Lines: an object a line. */
  JSONL {
    @Override
    String quoted(String text) {
      return JSON.toJson(text);
    }
  };

  /** What a value must be quoted for. Some readers drop spaces at either end. */
  private static final Pattern CSV_SIGNS = Pattern.compile("[,\"\r\n]|^\\s|\\s$");

  private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();

  /** A text as a value of this format. */
  abstract String quoted(String text);

  /** The end of a file's name, such as {@code .csv}. */
  String extension() {
    return "." + name().toLowerCase(Locale.ROOT);
  }
}
