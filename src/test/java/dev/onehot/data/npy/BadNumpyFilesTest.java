package dev.onehot.data.npy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.data.FormatOptions;
import dev.onehot.data.Gzip;
import dev.onehot.data.KnownRows;
import dev.onehot.data.MissingValues;
import dev.onehot.failure.SettingNames;
import dev.onehot.failure.UserFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each message of a broken or unfitting file, as it stands in {@code messages.txt}. */
class BadNumpyFilesTest {

  private static final byte[] X = NumpyFile.bytes("(3, 2)", 1, 2, 3, 4, 5, 6);
  private static final byte[] Y = NumpyFile.bytes("(3,)", 0, 1, 0);

  /** Rows of two pieces and two splits, so that there is something at a boundary. */
  private static final int MANY = 70_000;

  private static final int COLUMNS = 20;
  private static final int ROWS_OF_PIECE = (4 << 20) / (8 * COLUMNS);
  private static final int ROWS_OF_SPLIT = (8 << 20) / (8 * COLUMNS);

  private final StringBuilder messages = new StringBuilder();

  @TempDir Path folder;

  @BeforeEach
  void goodFiles() throws IOException {
    write("y.npy", Y);
  }

  @Test
  void everyMessageIsTheOneThatIsWrittenDown() throws IOException {
    brokenHeaders();
    brokenLengths();
    wrongTypesAndShapes();
    badNumbers();
    labelsAndWeights();
    archives();
    unfittingFiles();
    try (InputStream in = getClass().getResourceAsStream("/numpy/messages.txt")) {
      assertThat(messages.toString())
          .isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private void brokenHeaders() throws IOException {
    x("empty file", new byte[0]);
    x("text", "1,2,3\n4,5,6\n".getBytes(StandardCharsets.UTF_8));
    x("UTF-16", "1,2".getBytes(StandardCharsets.UTF_16));
    x("magic cut short", Arrays.copyOf(X, 4));
    x("header cut short", Arrays.copyOf(X, 60));
    byte[] version = X.clone();
    version[6] = 9;
    x("version", version);
    byte[] dict = X.clone();
    dict[10] = '[';
    x("header is no dict", dict);
    x("type", NumpyFile.npy("|q1", false, "(3, 2)", new byte[6]));
    x("shape", NumpyFile.npy("|u1", false, "(3, 'a')", new byte[6]));
    x("shape beyond all files", NumpyFile.npy("|u1", false, "(9" + "0".repeat(18) + ", 99)", X));
  }

  private void brokenLengths() throws IOException {
    x("last byte missing", Arrays.copyOf(X, X.length - 1));
    x("all items missing", Arrays.copyOf(X, X.length - 6));
    x("a byte more", Arrays.copyOf(X, X.length + 1));
    byte[] large = NumpyFile.npy("|u1", false, "(" + MANY + ", 62)", new byte[MANY * 62]);
    byte[] labels = NumpyFile.npy("|u1", false, "(" + MANY + ",)", new byte[MANY]);
    write("y.npy", labels);
    byte[] packed = Gzip.compressed(large);
    Files.delete(folder.resolve("X.npy"));
    refused("gzip cut short", "X.npy.gz", Arrays.copyOf(packed, packed.length / 2));
    refused("gzip without its end", "X.npy.gz", Arrays.copyOf(packed, packed.length - 3));
    refused("corrupt gzip", "X.npy.gz", Gzip.corrupt(large, 4_250_000));
    refused(
        "gzip of too few items",
        "X.npy.gz",
        Gzip.compressed(Arrays.copyOf(large, large.length - 62)));
    refused(
        "gzip of too many items",
        "X.npy.gz",
        Gzip.compressed(Arrays.copyOf(large, large.length + 1)));
    Files.delete(folder.resolve("X.npy.gz"));
    write("y.npy", Y);
  }

  private void wrongTypesAndShapes() throws IOException {
    x("complex", NumpyFile.npy("<c16", false, "(3, 2)", new byte[96]));
    x("objects", NumpyFile.npy("|O", false, "(3, 2)", new byte[10]));
    x("texts", NumpyFile.npy("<U2", false, "(3, 2)", new byte[48]));
    x("several fields", NumpyFile.npy("[('a', '<f8')]", false, "(3, 2)", new byte[48]));
    x("one value", NumpyFile.bytes("()", 1));
    x("no columns", NumpyFile.bytes("(3, 0)"));
    x("no rows", NumpyFile.bytes("(0, 2)"));
    x("too many columns", NumpyFile.npy("|u1", false, "(1, 1048577)", new byte[1_048_577]));
  }

  private void badNumbers() throws IOException {
    x("NaN at the start", NumpyFile.doubles("(3, 2)", Double.NaN, 1, 2, 3, 4, 5));
    x("infinite in the middle", NumpyFile.doubles("(3, 2)", 0, 1, 2, 1 / 0.0, 4, 5));
    x("beyond float32 at the end", NumpyFile.doubles("(3, 2)", 0, 1, 2, 3, 4, -1e39));
    double[] many = new double[COLUMNS * MANY];
    write("y.npy", NumpyFile.npy("|u1", false, "(" + MANY + ",)", new byte[MANY]));
    for (int row : new int[] {1, ROWS_OF_PIECE, ROWS_OF_SPLIT, ROWS_OF_SPLIT + 1, MANY}) {
      Arrays.fill(many, 0.5);
      many[COLUMNS * row - 1] = Double.NEGATIVE_INFINITY;
      x("infinite in row " + row, NumpyFile.doubles("(" + MANY + ", " + COLUMNS + ")", many));
    }
    write("y.npy", Y);
  }

  private void labelsAndWeights() throws IOException {
    write("X.npy", X);
    refused("too few labels", "y.npy", NumpyFile.bytes("(2,)", 0, 1));
    refused("one-hot labels", "y.npy", NumpyFile.bytes("(3, 2)", 0, 1, 1, 0, 1, 0));
    refused("objects as labels", "y.npy", NumpyFile.npy("|O", false, "(3,)", new byte[9]));
    refused("NaN as label", "y.npy", NumpyFile.doubles("(3,)", 0, Double.NaN, 1));
    refused("empty label", "y.npy", NumpyFile.texts(3, "a", " ", "b"));
    Files.delete(folder.resolve("y.npy"));
    refused("no labels", "X.npy", X);
    options = options("7", null, List.of());
    refused("label column too far right", "X.npy", X);
    options = options("height", null, List.of());
    refused("no array called so", "X.npy", X);
    options = options("last", null, List.of("1"));
    refused("no column left", "X.npy", X);
    options = options("last", "0", List.of());
    refused("weight column 0", "X.npy", X);
    options = options("last", null, List.of("name"));
    refused("name of a column to leave out", "X.npy", X);
    options = options("last", null, List.of());
    refused("column of labels in three dimensions", "X.npy", NumpyFile.bytes("(1, 1, 2)", 1, 2));
    options = options("last", "1", List.of());
    refused("negative weight", "X.npy", NumpyFile.doubles("(2, 3)", 1, 2, 3, -0.5, 5, 6));
    options = FormatOptions.defaults();
    write("y.npy", Y);
  }

  private static int indexOf(byte[] all, byte[] part) {
    for (int at = 0; ; at++) {
      if (Arrays.equals(all, at, at + part.length, part, 0, part.length)) {
        return at;
      }
    }
  }

  /** Changes the checksum in the list at an archive's end, 16 bytes behind an entry's mark. */
  private static byte[] withOtherChecksum(byte[] archive) {
    byte[] changed = archive.clone();
    changed[indexOf(archive, new byte[] {'P', 'K', 1, 2}) + 16] ^= 0x01;
    return changed;
  }

  private void archives() throws IOException {
    Map<String, byte[]> arrays = new TreeMap<>(Map.of("X", X, "y", Y));
    Path labels = folder.resolve("y.npy");
    Files.delete(labels);
    byte[] stored = NumpyFile.npz(false, arrays);
    byte[] packed = NumpyFile.npz(true, arrays);
    refused("archive cut short", "a.npz", Arrays.copyOf(stored, stored.length - 30));
    refused("archive cut in two", "a.npz", Arrays.copyOf(stored, stored.length / 2));
    byte[] corrupt = packed.clone();
    corrupt[60] ^= 0x55;
    refused("corrupt entry", "a.npz", corrupt);
    for (String array : arrays.keySet()) {
      byte[] changed = stored.clone();
      changed[indexOf(stored, arrays.get(array)) + arrays.get(array).length - 1] ^= 0x01;
      refused("another byte in " + array, "a.npz", changed);
    }
    refused("another checksum", "a.npz", withOtherChecksum(packed));
    refused("archive of nothing", "a.npz", NumpyFile.npz(true, Map.of()));
    refused(
        "two arrays of rows", "a.npz", NumpyFile.npz(true, new TreeMap<>(Map.of("a", X, "b", Y))));
    refused("archive without labels", "a.npz", NumpyFile.npz(true, Map.of("X", X)));
    refused(
        "entry cut short",
        "a.npz",
        NumpyFile.npz(false, new TreeMap<>(Map.of("X", Arrays.copyOf(X, X.length - 1), "y", Y))));
    refused("archive within gzip", "a.npz.gz", Gzip.compressed(stored));
    write("y.npy", Y);
  }

  private void unfittingFiles() throws IOException {
    write("X.npy", X);
    write("X-2.npy", NumpyFile.bytes("(3, 3)", 1, 2, 3, 4, 5, 6, 7, 8, 9));
    write("y-2.npy", Y);
    message("two files of different columns", List.of("X.npy", "X-2.npy"), 0);
    write("X-2.npy", X);
    Files.delete(folder.resolve("y-2.npy"));
    labelsRequired = false;
    message("one file without labels", List.of("X.npy", "X-2.npy"), 0);
    message("fewer features than the model has", List.of("X.npy"), 5);
    message("missing file", List.of("Z.npy"), 0);
  }

  private FormatOptions options = FormatOptions.defaults();
  private boolean labelsRequired = true;

  private static FormatOptions options(
      String labelColumn, String weightColumn, List<String> dropColumns) {
    return new FormatOptions(
        null, labelColumn, weightColumn, dropColumns, null, false, null, MissingValues.REFUSE, 0);
  }

  private void x(String what, byte[] bytes) throws IOException {
    refused(what, "X.npy", bytes);
  }

  /** Writes a file, and opens the rows that it belongs to. */
  private void refused(String what, String name, byte[] bytes) throws IOException {
    write(name, bytes);
    message(what, List.of(name.startsWith("y") ? "X.npy" : name), 0);
  }

  private void message(String what, List<String> names, int features) {
    String message;
    try {
      NpyInput input =
          NpyInput.open(
              names.stream()
                  .map(name -> new org.apache.hadoop.fs.Path(folder.resolve(name).toString()))
                  .toList(),
              options,
              new KnownRows(features, List.of(), List.of(), null)
                  .from("the model m", "train another model"),
              labelsRequired,
              new Configuration());
      ReadRows rows = ReadRows.of(input, 0);
      message =
          rows.bad().isEmpty()
              ? rows.features().size() + " rows, none of them bad"
              : "bad row "
                  + rows.badRecords().get(0)
                  + " of the file; its piece says: "
                  + rows.bad().get(0);
    } catch (UserFailure e) {
      message = e.markedMessage();
    }
    assertThat(message).doesNotContain("\n");
    messages
        .append(what)
        .append("\n    ")
        .append(
            SettingNames.replace(message, name -> "--" + name).replace(folder.toString() + "/", ""))
        .append('\n');
  }

  private void write(String name, byte[] bytes) throws IOException {
    Files.write(folder.resolve(name), bytes);
  }
}
