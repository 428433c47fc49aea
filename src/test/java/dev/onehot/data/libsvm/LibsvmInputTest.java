package dev.onehot.data.libsvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onehot.ProjectHome;
import dev.onehot.data.FormatOptions;
import dev.onehot.data.Gzip;
import dev.onehot.data.KnownRows;
import dev.onehot.data.MissingValues;
import dev.onehot.data.RowPiece;
import dev.onehot.failure.InputException;
import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.SettingNames;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LibsvmInputTest {

  private static final Configuration HADOOP = new Configuration();
  private static final FormatOptions DEFAULTS = FormatOptions.defaults();
  private static final Path GOLDEN = ProjectHome.resolve("src/test/resources/libsvm-bad-input.txt");

  @TempDir Path folder;

  @Test
  void aRowIsALabelAndWhatIsNotZero() throws IOException {
    assertThat(rows("-1 1:0.5 3:2\n+1 2:-1e-3 4:.25\n"))
        .containsExactly("-1 [1:0.5, 3:2.0]", "1 [2:-0.001, 4:0.25]");
  }

  @ParameterizedTest
  @CsvSource({
    "+1, 1",
    "-1, -1",
    "1.0, 1",
    "007, 7",
    "-0, 0",
    "spam, spam",
    "größer, größer",
    "1.5, 1.5"
  })
  void labelsAreMadeAlike(String written, String label) throws IOException {
    assertThat(rows(written + " 1:1\n")).containsExactly(label + " [1:1.0]");
  }

  @Test
  void blanksCommentsAndLineEndsDoNotMatter() throws IOException {
    List<String> expected = List.of("1 [1:2.0, 2:3.0]", "2 []", "3 [2:4.0]");
    assertThat(rows("1 1:2 2:3\n2\n3 2:4\n")).isEqualTo(expected);
    assertThat(rows("1 1:2 2:3\r\n2\r\n3 2:4\r\n")).isEqualTo(expected);
    assertThat(rows("# a 1:1\n\n  \t \n1 1:2 2:3 # 3:4\n\t2 \t# x\n#\n 3\t2:4"))
        .isEqualTo(expected);
    assertThat(rows("\uFEFF1 1:2 2:3#9:9\n2#\n3  2:4  ")).isEqualTo(expected);
  }

  @Test
  void indexesBeginAtZeroIfAskedFor() throws IOException {
    FormatOptions zeroBased =
        new FormatOptions(null, null, null, List.of(), null, true, null, MissingValues.REFUSE, 0);
    LibsvmInput input = open(write("a.svm", "1 0:5 1048575:6\n"), zeroBased, 1 << 20);
    assertThat(read(input)).containsExactly("1 [1:5.0, 1048576:6.0]");
  }

  @Test
  void anExplicitZeroSaysHowManyFeaturesThereAre() throws IOException {
    LibsvmInput input = open(write("a.svm", "1 2:3 9:0\n"), DEFAULTS, 1 << 20);
    RowPiece piece = input.splits().get(0).read(HADOOP, 0).next();
    assertThat(piece.values().features()).isEqualTo(9);
    assertThat(read(input)).containsExactly("1 [2:3.0]");
  }

  @Test
  void theOptionSaysHowManyFeaturesThereAre() throws IOException {
    LibsvmInput input = open(write("a.svm", "1 2:3\n"), features(9), 1 << 20);
    assertThat(input.features()).isEqualTo(9);
    RowPiece piece = input.splits().get(0).read(HADOOP, 0).next();
    assertThat(piece.values().features()).isEqualTo(9);
    assertThat(read(open(write("a.svm", "1 9:3\n"), features(9), 1 << 20)))
        .containsExactly("1 [9:3.0]");
  }

  @Test
  void anIndexBeyondTheFeaturesIsABadRow() throws IOException {
    assertThat(told(open(write("a.svm", "1 2:3\n1 9:1 10:0\n"), features(9), 1 << 20)))
        .isEqualTo("a.svm: row 2: found \"10:0\", expected indexes up to 9, as features says");
    FormatOptions zeroBased =
        new FormatOptions(null, null, null, List.of(), null, true, 9, MissingValues.REFUSE, 0);
    assertThat(told(open(write("a.svm", "1 8:1\n1 9:1\n"), zeroBased, 1 << 20)))
        .isEqualTo("a.svm: row 2: found \"9:1\", expected indexes up to 8, as features says");
  }

  @Test
  void theFeaturesOfAModelAreNotToBeOthers() throws IOException {
    org.apache.hadoop.fs.Path file = write("a.svm", "1 2:3\n");
    KnownRows known =
        new KnownRows(8, List.of(), List.of("0", "1"), null).from("the model m", "train another");
    assertThat(LibsvmInput.open(List.of(file), features(8), known, true, HADOOP).features())
        .isEqualTo(8);
    org.apache.hadoop.fs.Path beyond = write("b.svm", "1 9:3\n");
    assertThat(told(LibsvmInput.open(List.of(beyond), DEFAULTS, known, true, HADOOP)))
        .isEqualTo("b.svm: row 1: found \"9:3\", expected indexes up to 8, as the model m says");
    assertThatThrownBy(() -> LibsvmInput.open(List.of(file), features(9), known, true, HADOOP))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage("%s: features is 9, where the model m has 8; leave it out", file);
    assertThatThrownBy(() -> features(0))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage("features must be 1 to 1,048,576, not 0");
  }

  private static FormatOptions features(int count) {
    return new FormatOptions(
        null, null, null, List.of(), null, false, count, MissingValues.REFUSE, 0);
  }

  @Test
  void rowsWithoutLabelsBeginWithAnIndex() throws IOException {
    org.apache.hadoop.fs.Path file = write("a.svm", "# none\n3:1 4:2\n\n1:7\n");
    LibsvmInput input = open(file, DEFAULTS, 1 << 20);
    assertThat(input.labelled()).isFalse();
    assertThat(read(input)).containsExactly("null [3:1.0, 4:2.0]", "null [1:7.0]");
    assertThatThrownBy(
            () -> LibsvmInput.open(List.of(file), DEFAULTS, KnownRows.nothing(), true, HADOOP))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "%s: rows have no labels: found \"3:1\" where the first row begins, expected its label",
            file);
  }

  @Test
  void filesFollowOneAnother() throws IOException {
    org.apache.hadoop.fs.Path one = write("a.svm", "1 1:1\n");
    org.apache.hadoop.fs.Path two = write("b.svm", "2 2:2");
    LibsvmInput input =
        LibsvmInput.open(List.of(one, two), DEFAULTS, KnownRows.nothing(), true, HADOOP);
    assertThat(read(input)).containsExactly("1 [1:1.0]", "2 [2:2.0]");
    assertThat(input.description()).isEqualTo(folder + " (a.svm and 1 more)");
    assertThat(input.files())
        .containsExactly("file:" + folder + "/a.svm", "file:" + folder + "/b.svm");
  }

  @Test
  void aFileReplacedBetweenTwoPiecesIsNoticed() throws IOException {
    String text = "1 1:2\n".repeat(1 << 20);
    LibsvmInput input = open(write("a.svm", text), DEFAULTS, 1 << 30);
    Path file = folder.resolve("a.svm");
    Iterator<RowPiece> pieces = input.splits().get(0).read(HADOOP, 0);
    assertThat(pieces.next().rows()).isPositive();
    assertThat(pieces.hasNext()).isTrue();
    FileTime time = Files.getLastModifiedTime(file);
    Files.writeString(file, text.replace('2', '3'));
    Files.setLastModifiedTime(file, FileTime.fromMillis(time.toMillis() + 1000));
    assertThatThrownBy(() -> pieces.forEachRemaining(piece -> {}))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": changed since the run began (length still ")
        .hasMessageEndingWith("); run again on files that stay as they are");
    ((Closeable) pieces).close();
  }

  @Test
  void badRowsOfAnotherFileAreNotTakenForThoseOfTheOpenedOne() throws IOException {
    // Longer than what is read at once.
    String text = "1 1:2\n".repeat(1 << 17);
    LibsvmInput input = open(write("a.svm", text), DEFAULTS, 1 << 30);
    Path file = folder.resolve("a.svm");
    Iterator<RowPiece> pieces = input.splits().get(0).read(HADOOP, 0);
    FileTime time = Files.getLastModifiedTime(file);
    Files.writeString(file, text.replace('2', 'x'));
    Files.setLastModifiedTime(file, FileTime.fromMillis(time.toMillis() + 1000));
    assertThatThrownBy(pieces::next)
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": changed since the run began (length still ");
    ((Closeable) pieces).close();
  }

  @Test
  void missingValuesAreTreatedAsAskedFor() throws IOException {
    String text = "1 1:2 2:nan 3:?\n2 1:NA 2:null\n";
    assertThat(read(open(write("a.svm", text), missing(MissingValues.ZERO), 64)))
        .containsExactly("1 [1:2.0]", "2 []");
    assertThat(read(open(write("a.svm", text), missing(MissingValues.MEAN), 64)))
        .containsExactly("1 [1:2.0, 2:NaN, 3:NaN]", "2 [1:NaN, 2:NaN]");
  }

  /** Ranges of any size give the rows of the whole file, whatever stands at their borders. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 7, 16, 64, 1000})
  void rowsDoNotDependOnRanges(long rangeBytes) throws IOException {
    Random random = new Random(rangeBytes);
    for (int round = 0; round < 20; round++) {
      StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "\uFEFF" : "");
      List<String> expected = new ArrayList<>();
      for (int r = random.nextInt(9) + 1; r > 0; r--) {
        addRow(random, text, expected);
      }
      org.apache.hadoop.fs.Path raw = write("a.svm", text.toString());
      assertThat(read(open(raw, DEFAULTS, rangeBytes))).isEqualTo(expected);
      Files.write(
          folder.resolve("a.svm.gz"),
          Gzip.compressed(text.toString().getBytes(StandardCharsets.UTF_8)));
      assertThat(read(open(path("a.svm.gz"), DEFAULTS, rangeBytes))).isEqualTo(expected);
    }
  }

  private static void addRow(Random random, StringBuilder text, List<String> expected) {
    List<String> pairs = new ArrayList<>();
    int label = random.nextInt(5) - 2;
    text.append(label);
    int index = 0;
    for (int k = random.nextInt(6); k > 0; k--) {
      index += 1 + random.nextInt(random.nextInt(50) + 1);
      float value = random.nextBoolean() ? random.nextInt(256) : random.nextFloat() * 1e6f;
      text.append(random.nextInt(9) == 0 ? "\t " : " ").append(index).append(':');
      text.append(value == (int) value ? Integer.toString((int) value) : Float.toString(value));
      if (value != 0) {
        pairs.add(index + ":" + value);
      }
    }
    text.append(random.nextInt(5) == 0 ? " # 1:1" : "");
    text.append(random.nextBoolean() ? "\r\n" : "\n");
    text.append(random.nextInt(6) == 0 ? "\n#x\n" : "");
    expected.add(label + " " + pairs);
  }

  @Test
  void aBadRowIsToldByRowColumnFoundAndExpected() throws IOException {
    List<String> bad =
        List.of(
            "1 0:3 2:4",
            "1 3:1 2:1",
            "1 2:1 2:1",
            "1 qid:3 1:2",
            "1 1:one",
            "1 1:nan",
            "1 1:NA",
            "1 1:",
            "1 1: 2",
            "1 1:inf",
            "1 1:-Infinity",
            "1 1:-4e38",
            "1 1:1e999",
            "1 1:0x1p3",
            "1 1:2:3",
            "1 1",
            "1 :2",
            "1 -1:2",
            "1 a:2",
            "1 1.0:2",
            "1 1048577:1",
            "1 99999999999999999999:1",
            "1,3 1:2",
            "? 1:2",
            "1:2 2:3",
            "1 1:2, 2:3");
    List<String> messages = new ArrayList<>();
    String good = "1 1:2 2:3\n";
    for (String row : bad) {
      int before = messages.size() % 3;
      String text = good.repeat(before) + row + "\n" + good.repeat(2 - before);
      if (before == 0) {
        text = "\n# a comment\n" + (row.startsWith("1:2") ? good : "") + text;
      }
      org.apache.hadoop.fs.Path file = write("a.svm", text);
      String told = told(open(file, DEFAULTS, 1 << 20));
      assertThat(told(open(file, DEFAULTS, 3))).isNotEmpty();
      messages.add(row + " | " + told);
    }
    Files.write(ProjectHome.resolve("target/libsvm-bad-input.txt"), messages);
    assertThat(messages).containsExactlyElementsOf(Files.readAllLines(GOLDEN));
  }

  private String told(LibsvmInput input) {
    for (LibsvmSplit split : input.splits()) {
      Iterator<RowPiece> pieces = split.read(HADOOP, 0);
      while (pieces.hasNext()) {
        RowPiece piece = pieces.next();
        if (piece.badRows() > 0) {
          assertThat(pieces.hasNext()).isFalse();
          return SettingNames.plain(piece.firstBad().get(0).toString()).replace(folder + "/", "");
        }
      }
    }
    return "";
  }

  @Test
  void badRowsAreLeftOutIfThereAreFew() throws IOException {
    String text = "1 1:1\n1 1:x\n2 5:1 4:1\n2 2:2\n";
    List<String> rows = new ArrayList<>();
    Iterator<RowPiece> pieces =
        open(write("a.svm", text), DEFAULTS, 1 << 20).splits().get(0).read(HADOOP, 2);
    RowPiece piece = pieces.next();
    add(piece, rows);
    assertThat(rows).containsExactly("1 [1:1.0]", "2 [2:2.0]");
    assertThat(piece.badRows()).isEqualTo(2);
    assertThat(piece.records()).isEqualTo(4);
    assertThat(piece.values().features()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32"})
  void otherEncodingsAreRefused(String encoding) throws IOException {
    Files.write(folder.resolve("a.svm"), "1 1:2\n2 2:3\n".getBytes(Charset.forName(encoding)));
    assertThatThrownBy(() -> open(path("a.svm"), DEFAULTS, 64))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(folder + "/a.svm: found ")
        .hasMessageContaining("UTF-8");
  }

  @Test
  void emptyAndMissingFilesAreRefused() throws IOException {
    org.apache.hadoop.fs.Path empty = write("a.svm", "");
    assertThatThrownBy(() -> open(empty, DEFAULTS, 64))
        .isInstanceOf(InputException.class)
        .hasMessage("%s: is empty; get the file again", empty);
    assertThatThrownBy(() -> open(path("nowhere"), DEFAULTS, 64))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(folder + "/nowhere: ");
  }

  @Test
  void aTruncatedGzipIsRefused() throws IOException {
    byte[] whole = Gzip.compressed("1 1:2 2:3\n".repeat(90_000).getBytes(StandardCharsets.UTF_8));
    Files.write(folder.resolve("a.gz"), java.util.Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> read(open(path("a.gz"), DEFAULTS, 64)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(folder + "/a.gz: found the end of the file within its gzip stream");
  }

  private static FormatOptions missing(MissingValues missing) {
    return new FormatOptions(null, null, null, List.of(), null, false, null, missing, 0);
  }

  private List<String> rows(String text) throws IOException {
    return read(open(write("a.svm", text), DEFAULTS, 4));
  }

  private static LibsvmInput open(
      org.apache.hadoop.fs.Path file, FormatOptions options, long rangeBytes) {
    return LibsvmInput.open(List.of(file), options, KnownRows.nothing(), false, HADOOP, rangeBytes);
  }

  /** Each row as {@code label [index:value, …]}, with indexes from 1. */
  private static List<String> read(LibsvmInput input) {
    List<String> rows = new ArrayList<>();
    for (LibsvmSplit split : input.splits()) {
      Iterator<RowPiece> pieces = split.read(HADOOP, 0);
      while (pieces.hasNext()) {
        RowPiece piece = pieces.next();
        assertThat(piece.firstBad()).isEmpty();
        add(piece, rows);
      }
    }
    return rows;
  }

  private static void add(RowPiece piece, List<String> rows) {
    for (int r = 0; r < piece.rows(); r++) {
      int[] columns = new int[piece.values().mostNonZeros(r)];
      float[] values = new float[columns.length];
      int count = piece.values().copyNonZeros(r, columns, values);
      List<String> pairs = new ArrayList<>();
      for (int k = 0; k < count; k++) {
        pairs.add(columns[k] + 1 + ":" + values[k]);
      }
      rows.add(piece.label(r) + " " + pairs);
    }
  }

  private org.apache.hadoop.fs.Path write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
    return path(name);
  }

  private org.apache.hadoop.fs.Path path(String name) {
    return new org.apache.hadoop.fs.Path(folder.toString(), name);
  }
}
