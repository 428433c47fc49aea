package dev.onehot.data.idx;

import dev.onehot.failure.SettingNames;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Says in words what a file is that is something else than it should be. */
public final class ForeignContent {

  /** How many bytes from the start tell all kinds apart; a tar archive says what it is here. */
  public static final int BYTES = 512;

  private static final int TAR_MARK = 257;
  private static final int TEXT_SHOWN = 40;

  /** A kind of file by its first bytes, each a character of ISO 8859-1. */
  private record Kind(String start, String words) {}

  private static final String UNPACK = "; unpack it, as only raw files and gzip are read";
  private static final String OTHER_FORMAT =
      "; files that are read are IDX, CSV, LIBSVM and NumPy's";

  private static final List<Kind> KINDS =
      List.of(
          new Kind("version https://git-lfs", "a Git LFS pointer; get the file with git lfs pull"),
          new Kind("PK\3\4", "a zip archive" + UNPACK),
          new Kind("PK\5\6", "an empty zip archive" + UNPACK),
          new Kind("\u001f\u008b", "gzip within gzip; unpack it once"),
          new Kind("\u001f\u009d", "a file of compress (.Z)" + UNPACK),
          new Kind("BZh", "a bzip2 file" + UNPACK),
          new Kind("\u00fd7zXZ\0", "an xz file" + UNPACK),
          new Kind("(\u00b5/\u00fd", "a zstd file" + UNPACK),
          new Kind("\4\"M\u0018", "an lz4 file" + UNPACK),
          new Kind("7z\u00bc\u00af'\u001c", "a 7z archive" + UNPACK),
          new Kind("Rar!", "a rar archive" + UNPACK),
          new Kind("\u0089PNG", "a PNG picture" + OTHER_FORMAT),
          new Kind("\u00ff\u00d8\u00ff", "a JPEG picture" + OTHER_FORMAT),
          new Kind("GIF8", "a GIF picture" + OTHER_FORMAT),
          new Kind("%PDF", "a PDF document" + OTHER_FORMAT),
          new Kind(
              "\u0093NUMPY", SettingNames.format("a NumPy array; give ⟨format⟩ npy to read it")),
          new Kind("PAR1", "a Parquet file" + OTHER_FORMAT),
          new Kind("\u0089HDF", "an HDF5 file" + OTHER_FORMAT),
          new Kind("MATLAB", "a MATLAB file" + OTHER_FORMAT),
          new Kind("Obj\1", "an Avro file" + OTHER_FORMAT),
          new Kind("ORC", "an ORC file" + OTHER_FORMAT),
          new Kind("\u0080\2", "a Python pickle" + OTHER_FORMAT),
          new Kind("\u0080\3", "a Python pickle" + OTHER_FORMAT),
          new Kind("\u0080\4", "a Python pickle" + OTHER_FORMAT),
          new Kind("\u0080\5", "a Python pickle" + OTHER_FORMAT));

  private static final Pattern LIBSVM = Pattern.compile("^[^\\s,]* ?\\d+:[-+.\\d]");

  private ForeignContent() {}

  /**
   * What a file is, and what to do.
   *
   * @param head the file's first bytes, {@link #BYTES} of them if it has as many
   * @return empty if nothing is known that begins so
   */
  public static Optional<String> describe(byte[] head) {
    String start = new String(head, StandardCharsets.ISO_8859_1);
    if (start.isEmpty()) {
      return Optional.of("empty; get the file again");
    }
    for (Kind kind : KINDS) {
      if (start.startsWith(kind.start)) {
        return Optional.of(kind.words);
      }
    }
    if (start.startsWith("ustar", TAR_MARK)) {
      return Optional.of("a tar archive" + UNPACK);
    }
    if (start.chars().allMatch(c -> c == 0)) {
      return Optional.of("nothing but zeros at its beginning; get the file again");
    }
    return text(head);
  }

  /**
   * Whether a file is a web page, such as one that asks to log in where a download was expected.
   */
  public static boolean isWebPage(byte[] head) {
    String start = withoutMark(head).strip().toLowerCase(Locale.ROOT);
    return start.startsWith("<!doctype html")
        || start.startsWith("<html")
        || start.startsWith("<head")
        || start.startsWith("<body")
        || start.startsWith("<!--") && start.contains("<html");
  }

  private static Optional<String> text(byte[] head) {
    if (isWebPage(head)) {
      return Optional.of("a web page (HTML), perhaps one that asks to log in; get the file again");
    }
    String start = withoutMark(head);
    if (!start.chars().allMatch(ForeignContent::isOfText)) {
      return Optional.empty();
    }
    String content = start.strip();
    String shown = content.lines().findFirst().orElse("");
    if (shown.length() > TEXT_SHOWN) {
      shown = shown.substring(0, TEXT_SHOWN) + "…";
    }
    return Optional.of(kind(content, shown, "that begins with \"" + shown + "\""));
  }

  private static String kind(String content, String line, String beginning) {
    if (content.startsWith("<")) {
      return "an XML document " + beginning + OTHER_FORMAT;
    }
    if (content.startsWith("{") || content.startsWith("[")) {
      return "text, perhaps JSON, " + beginning + OTHER_FORMAT;
    }
    if (LIBSVM.matcher(line).find()) {
      return SettingNames.format(
          "text, perhaps LIBSVM, %s; give ⟨format⟩ libsvm to read it", beginning);
    }
    if (line.contains(",") || line.contains("\t")) {
      return SettingNames.format("text, perhaps CSV, %s; give ⟨format⟩ csv to read it", beginning);
    }
    return "text " + beginning + OTHER_FORMAT;
  }

  /** The bytes as text, without a byte order mark. */
  private static String withoutMark(byte[] head) {
    String text = new String(head, StandardCharsets.UTF_8);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static boolean isOfText(int c) {
    // The last character may be cut in two.
    return c >= ' ' && c != 0x7f && c != '\uFFFD' || c == '\n' || c == '\r' || c == '\t';
  }
}
