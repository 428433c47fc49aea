package dev.onehot.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onehot.data.Gzip;
import dev.onehot.data.RowPiece;
import dev.onehot.data.text.TextFile;
import dev.onehot.failure.InputException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvRangesTest {

  @TempDir private Path folder;

  @Test
  void plainRowsAreTheSameWhateverTheSizeOfRanges() throws IOException {
    List<String> expected = List.of("a: 1.5 -2.0", "b: 0.0 300.0", "a: 4.0 0.25");
    for (String end : List.of("\n", "\r\n")) {
      for (String mark : List.of("", "\uFEFF")) {
        for (String last : List.of("", end, end + end)) {
          String text =
              mark + String.join(end, "x,y,label", "1.5,-2,a", "", "0,3e2,b", "4,.25,a") + last;
          assertSameRows(text, expected);
        }
      }
    }
  }

  @Test
  void quotedRowsAreTheSameWhateverTheSizeOfRanges() throws IOException {
    String text =
        """
        "x","a, ""quoted""
        name",label
        1,2,"one
        two"
        "3","4","say ""yes""
        ,or
        5,6,no"
        7,8,plain
        9,10,"a;b,c"
        """;
    List<String> expected =
        List.of(
            "one\ntwo: 1.0 2.0",
            "say \"yes\"\n,or\n5,6,no: 3.0 4.0",
            "plain: 7.0 8.0",
            "a;b,c: 9.0 10.0");
    assertSameRows(text, expected);
    assertSameRows(text.substring(0, text.length() - 1), expected);
    assertSameRows("\uFEFF" + text, expected);
    assertSameRows(
        text.replace("\n", "\r\n"), expected.stream().map(r -> r.replace("\n", "\r\n")).toList());
  }

  @Test
  void anyRowsAreTheSameWhateverTheSizeOfRanges() throws IOException {
    for (int seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      String end = random.nextBoolean() ? "\n" : "\r\n";
      StringBuilder text = new StringBuilder("n,text,label").append(end);
      int rows = 1 + random.nextInt(12);
      List<String> expected = new ArrayList<>();
      for (int r = 0; r < rows; r++) {
        String label = label(random, end);
        text.append(r).append(',').append(quoted(label(random, end))).append(',');
        text.append(quoted(label)).append(r < rows - 1 || random.nextBoolean() ? end : "");
        expected.add(label + ": " + (float) r);
      }
      Path file = Files.writeString(folder.resolve("any.csv"), text);
      for (int bytes = 1; bytes < text.length() + 2; bytes += bytes < 8 ? 1 : 5) {
        assertThat(CsvFiles.of(file).without("text").rows(bytes))
            .as("seed %d, ranges of %d bytes", seed, bytes)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void gzipGivesTheSameRows() throws IOException {
    byte[] text = "x,label\n1,\"a\nb\"\n2,c\n".getBytes(StandardCharsets.UTF_8);
    Path file = Files.write(folder.resolve("some.csv.gz"), Gzip.compressed(text));
    assertThat(CsvFiles.of(file).rows(3)).containsExactly("a\nb: 1.0", "c: 2.0");
  }

  @Test
  void aRangeThatBeginsInQuotesIsReadOnceMore() throws IOException {
    CsvFiles files = CsvFiles.of(folder.resolve("twice.csv"), "x,label\n1,\"a\n2,b\nc\"\n3,d\n");
    assertThat(files.open(100).readAgain(List.of(new long[] {0}))).isEmpty();
    assertThat(files.open(14).readAgain(List.of(new long[] {1}, new long[] {1}))).isPresent();
    assertThat(files.rows(14)).containsExactly("a\n2,b\nc: 1.0", "d: 3.0");
  }

  @Test
  void noRowsAreLeftOutSilentlyBehindAQuoteThatIsNeverClosed() throws IOException {
    String text = "x,label\n1,a\n2,\"b\n" + ("3," + "c".repeat(1000) + "\n").repeat(24_000);
    CsvFiles file = CsvFiles.of(folder.resolve("open.csv"), text);
    assertThat(file.rows(TextFile.RANGE_BYTES, 0))
        .startsWith("a: 1.0")
        .anyMatch(row -> row.contains("row 2, column 2 (label): found a quote that isn't closed"));
    assertThatThrownBy(() -> file.maxBadRows(1L << 40).rows(TextFile.RANGE_BYTES))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("open.csv: found a quote that isn't closed within 16,777,216 bytes");
  }

  @Test
  void readingStopsBehindTooManyBadRows() throws IOException {
    CsvFiles file =
        CsvFiles.of(
            folder.resolve("bad.csv"),
            "x,label\n1,a\n?,b\n?,\"c\n\"\n3,c\n?,d\n?,\"e\n\"\n4,\"f\nf\"\n");
    assertThat(file.rows(1000, 2))
        .hasSize(5)
        .startsWith("a: 1.0", "c: 3.0")
        .last()
        .asString()
        .contains("row 5");
  }

  private static String label(Random random, String end) {
    StringBuilder label = new StringBuilder("l");
    for (int i = random.nextInt(6); i > 0; i--) {
      label.append(List.of("x", ",", "\"", end, "1,2,3" + end, "ä", "\"\"").get(random.nextInt(7)));
    }
    return label.append('l').toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  private void assertSameRows(String text, List<String> expected) throws IOException {
    CsvFiles file = CsvFiles.of(folder.resolve("some.csv"), text);
    for (int bytes = 1; bytes < text.length() + 3; bytes += bytes < 8 ? 1 : 3) {
      assertThat(file.rows(bytes)).as("ranges of %d bytes", bytes).isEqualTo(expected);
    }
  }

  @Test
  void aFileReplacedBetweenTwoPiecesIsNoticed() throws IOException {
    String text = "a,b,label\n" + "1.5,2,x\n".repeat(1 << 20);
    Path file = folder.resolve("replaced.csv");
    CsvInput input = CsvFiles.of(file, text).open(1 << 30);
    Iterator<RowPiece> pieces = input.splits().get(0).read(CsvFiles.HADOOP, 0);
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
}
