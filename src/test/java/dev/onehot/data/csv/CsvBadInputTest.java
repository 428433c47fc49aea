package dev.onehot.data.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.ProjectHome;
import dev.onehot.data.Gzip;
import dev.onehot.failure.SettingNames;
import dev.onehot.failure.UserFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All bad input says file, row, column, found and expected, wherever it stands. */
class CsvBadInputTest {

  private static final List<String> GOOD =
      List.of("1,2.5,one", "2,-1e3,two", "3,.5,one", "4,0,two", "5,6,one", "7,8,two");

  private final StringBuilder messages = new StringBuilder();
  @TempDir private Path folder;

  @Test
  void messagesAreThoseOfTheGoldenFile() throws IOException {
    rows();
    files();
    columns();
    Files.writeString(ProjectHome.resolve("target/csv-messages.txt"), messages);
    try (InputStream golden = getClass().getResourceAsStream("/golden/csv-messages.txt")) {
      assertThat(messages.toString())
          .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private void rows() throws IOException {
    badRow("too short", "1,one");
    badRow("too long", "1,2,one,3");
    badRow("text", "1,tall,one");
    badRow("text with bytes that are not UTF-8", "1,\u00fc,one", StandardCharsets.ISO_8859_1);
    badRow("decimal comma in quotes", "1,\"2,5\",one");
    badRow("NaN", "1,NaN,one");
    badRow("empty", "1,,one");
    badRow("inf", "-inf,1,one");
    badRow("beyond float32", "1,3.5e38,one");
    badRow("beyond float64", "1,-1e999,one");
    badRow("no label", "1,2,");
    badRow("label that is not UTF-8", "1,2,\u00fc", StandardCharsets.ISO_8859_1);
    badRow("control character", "1,\u00022,one");
    badRow("carriage return in a row", "1,2\r,one");
    badRow("quote that is not closed", "1,2,\"one");
    badRow("quote in a field", "1,2,o\"ne");
    badRow("text behind a quote", "1,\"2\"3,one");
    badRow("quote that is closed three lines later", "1,\"2,one\n3,4,two\n5,6,one\n7,8\",two");
    badRow("columns that quotes join", "1,\"2,one\n3,4,two\"");
  }

  private void badRow(String name, String row) throws IOException {
    badRow(name, row, StandardCharsets.UTF_8);
  }

  /** The row first, in the middle, and last; with ranges of all sizes. */
  private void badRow(String name, String row, Charset charset) throws IOException {
    messages.append(name).append('\n');
    for (int at : new int[] {0, 3, GOOD.size()}) {
      List<String> lines = new ArrayList<>(GOOD);
      lines.add(at, row);
      lines.add(0, "a,b,label");
      byte[] text = String.join("\n", lines).getBytes(charset);
      CsvFiles file = CsvFiles.of(Files.write(folder.resolve("rows.csv"), text));
      List<String> rows = file.rows(text.length);
      for (int bytes = 1; bytes < text.length; bytes += bytes < 8 ? 1 : 3) {
        assertThat(file.rows(bytes)).as("%s, ranges of %d bytes", name, bytes).isEqualTo(rows);
      }
      rows.stream().filter(text1 -> text1.contains("rows.csv")).forEach(this::message);
    }
  }

  private void files() throws IOException {
    refused("empty file", CsvFiles.of(folder.resolve("rows.csv"), ""));
    refused("byte order mark alone", CsvFiles.of(folder.resolve("rows.csv"), "\uFEFF"));
    refused("empty lines", CsvFiles.of(folder.resolve("rows.csv"), "\n\r\n\n"));
    byte[] utf16 = "a,b,label\n1,2,one\n".getBytes(StandardCharsets.UTF_16);
    refused("UTF-16", CsvFiles.of(Files.write(folder.resolve("rows.csv"), utf16)));
    byte[] utf16le = "a,b,label\n1,2,one\n".getBytes(StandardCharsets.UTF_16LE);
    refused("UTF-16 without mark", CsvFiles.of(Files.write(folder.resolve("rows.csv"), utf16le)));
    refused("CR alone", CsvFiles.of(folder.resolve("rows.csv"), "a,b,label\r1,2,x\r1,3,y\r"));
    StringBuilder many = new StringBuilder("a,b,label\n");
    for (int i = 0; i < 200_000; i++) {
      many.append(i * 7919 % 104729).append(",1,").append(i % 3).append('\n');
    }
    byte[] gzip = Gzip.compressed(many.toString().getBytes(StandardCharsets.UTF_8));
    for (int bytes : new int[] {12, gzip.length / 2, gzip.length - 4}) {
      Path file = folder.resolve("rows.csv.gz");
      Files.write(file, Arrays.copyOf(gzip, bytes));
      refused("truncated gzip", CsvFiles.of(file));
    }
    refused("missing file", CsvFiles.of(folder.resolve("absent.csv")));
    refused("quotes of a header", CsvFiles.of(folder.resolve("rows.csv"), "a,\"b,label\n1,2,x\n"));
  }

  private void columns() throws IOException {
    CsvFiles first = CsvFiles.of(folder.resolve("1.csv"), "a,b,label\n1,2,x\n3,4,y\n");
    refused("another column", both(first, "a,c,label\n1,2,x\n"));
    refused("a column less", both(first, "a,label\n1,x\n"));
    refused("a column more", both(first, "a,b,c,label\n1,2,3,x\n"));
    refused("no header beside one", both(first, "1,2,x\n3,4,y\n"));
    CsvFiles bare = CsvFiles.of(folder.resolve("0.csv"), "1.5,2,x\n3,4,y\n");
    refused("a header beside none", both(bare, "a,b,label\n1,2,x\n"));
    refused("fewer columns", both(bare, "1,x\n3,y\n"));
    refused("a name twice", CsvFiles.of(folder.resolve("2.csv"), "a,b,a,label\n1,2,3,x\n"));
    refused("no name", CsvFiles.of(folder.resolve("2.csv"), ",b,label\n0,2,x\n1,3,y\n"));
    CsvFiles digits = CsvFiles.of(folder.resolve("3.csv"), "1,2,3\n2,3,1\n");
    refused("labels first or last", digits);
    refused("labels nowhere", CsvFiles.of(folder.resolve("2.csv"), "1.5,2.5\n3.5,1.5\n"));
    refused(
        "two usual names", CsvFiles.of(folder.resolve("2.csv"), "a,class,label\n1,2,x\n1,3,y\n"));
    refused("one column", CsvFiles.of(folder.resolve("2.csv"), "1\n2\n"));
    refused("no labels wanted, but needed", digits.label("none"));
    refused("a label column that is not there", digits.label("4"));
    refused("a name of a label column without header", digits.label("kind"));
    refused("a label column of another name", first.label("kind"));
    refused("a column to leave out that is not there", first.without("id"));
    refused("a weight column that is not there", first.weight("w"));
    refused("nothing but labels", first.without("a", "b"));
    refused("an impossible delimiter", first.delimiter('"'));
    refused("to test: fewer features", digits.label("last").toTest(3));
    refused("to test: no labels", digits.toTest(3));
    refused("to test: a feature less", first.toTest(3, "a", "b", "c"));
    refused("to test: another feature", first.toTest(2, "a", "c"));
    refused("to predict: a column more", first.toPredict(1, "a"));
    refused("to predict: fewer columns", first.toPredict(4));
    CsvFiles weights = CsvFiles.of(folder.resolve("w.csv"), "a,w,label\n1,-1,x\n2,NaN,y\n3,1,x\n");
    CsvFiles broken =
        CsvFiles.of(folder.resolve("n.csv"), "\"a\nb\",label\n\"1\n2\",x\n3,\"y\tz\"\n");
    messages.append("line breaks in quotes\n");
    broken.rows(100).stream().filter(r -> r.contains("found")).forEach(this::message);
    refused("a name with a line break is missing", broken.toTest(2, "a\nc", "d"));
    refused("a name with a line break is none of a label column", broken.label("kind"));
    messages.append("decimal commas\n");
    CsvFiles commas =
        CsvFiles.of(folder.resolve("c.csv"), "alcohol;acid;kind\n13,78;1;1\n12;0,5;0\n");
    commas.rows(100).forEach(this::message);
    commas.weight("acid").rows(100).forEach(this::message);
    messages.append("bad weights\n");
    weights.weight("w").rows(100).stream().filter(r -> r.contains("found")).forEach(this::message);
  }

  private CsvFiles both(CsvFiles first, String second) throws IOException {
    Path file = Files.writeString(folder.resolve("2.csv"), second);
    return CsvFiles.of(first.files().get(0), file);
  }

  private void refused(String name, CsvFiles files) {
    messages.append(name).append('\n');
    try {
      int rows = files.rows(1 << 20).size();
      messages.append("  no refusal: ").append(rows).append(" rows\n");
    } catch (UserFailure e) {
      message(e.markedMessage());
    }
  }

  private void message(String text) {
    messages
        .append("  ")
        .append(SettingNames.replace(text, name -> "--" + name).replace(folder + "/", ""))
        .append('\n');
  }
}
