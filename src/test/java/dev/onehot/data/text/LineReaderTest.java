package dev.onehot.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onehot.failure.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineReaderTest {

  private static final Configuration HADOOP = new Configuration();

  @TempDir private Path folder;

  @Test
  void theSameLinesAreReadWhateverTheSizeOfRanges() throws IOException {
    List<String> lines = List.of("first", "", "a", "äöü", "", "a longer line, with 1,2,3", "last");
    for (String end : List.of("\n", "\r\n")) {
      for (String mark : List.of("", "\uFEFF")) {
        for (String behind : List.of(end, "")) {
          TextFile file = file(mark + String.join(end, lines) + behind);
          for (int bytes = 1; bytes < 70; bytes++) {
            assertThat(read(file.ranges(bytes))).as("ranges of %d bytes", bytes).isEqualTo(lines);
          }
        }
      }
    }
  }

  @Test
  void aLineMayBeLongerThanTheBuffer() throws IOException {
    char[] letters = new char[1_000_000];
    Arrays.fill(letters, 'x');
    String text = "1\n" + new String(letters) + "\n2";
    assertThat(read(file(text).ranges(300_000))).containsExactly("1", new String(letters), "2");
    assertThat(read(gzip(text, Integer.MAX_VALUE).ranges(10)))
        .containsExactly("1", new String(letters), "2");
  }

  @Test
  void aLineIsLengthenedByTheNext() throws IOException {
    TextFile file = file("a\nb\r\nc");
    try (LineReader lines = file.ranges(2).get(0).lines(HADOOP)) {
      assertThat(lines.next()).isTrue();
      assertThat(lines.join()).isTrue();
      assertThat(line(lines)).isEqualTo("a\nb");
      assertThat(lines.join()).isTrue();
      assertThat(line(lines)).isEqualTo("a\nb\r\nc");
      assertThat(lines.join()).isFalse();
      assertThat(line(lines)).isEqualTo("a\nb\r\nc");
      assertThat(lines.next()).isFalse();
    }
  }

  @Test
  void positionsCountTheBytesOfTheFile() throws IOException {
    StringBuilder text = new StringBuilder("\uFEFF");
    Random random = new Random(1);
    List<Long> expected = new ArrayList<>();
    while (text.length() < 1 << 20) {
      expected.add((long) text.length() + 2);
      text.append("x".repeat(random.nextInt(100_000))).append('\n');
    }
    List<Long> positions = new ArrayList<>();
    for (TextRange range : file(text.toString()).ranges(123_456)) {
      try (LineReader lines = range.lines(HADOOP)) {
        while (lines.next()) {
          positions.add(lines.position(lines.start()));
        }
      }
    }
    assertThat(positions).isEqualTo(expected);
  }

  @Test
  void aRangeBehindTheFirstBeginsWithTheRestOfALine() throws IOException {
    try (LineReader lines = file("abcd\ne\n").ranges(2).get(1).linesWithRest(HADOOP)) {
      assertThat(lines.next()).isTrue();
      assertThat(line(lines)).isEqualTo("bcd");
      assertThat(lines.next()).isFalse();
    }
  }

  @Test
  void gzipOfSeveralMembersIsOneText() throws IOException {
    Path path = folder.resolve("members.gz");
    Files.write(path, compressed("1\n2"));
    Files.write(path, compressed("3\n4\n"), StandardOpenOption.APPEND);
    assertThat(read(open(path).ranges(1))).containsExactly("1", "23", "4");
  }

  @Test
  void truncatedGzipIsRefused() throws IOException {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      text.append(random.nextInt()).append('\n');
    }
    for (int bytes : new int[] {3, 30, 5000, 400_000}) {
      assertThatThrownBy(() -> read(gzip(text.toString(), bytes).ranges(10)))
          .as("%d bytes", bytes)
          .isInstanceOf(InputException.class)
          .hasMessageContaining("text.gz: found the end of the file within its gzip stream");
    }
  }

  @Test
  void gzipWithBytesBehindItIsRefused() throws IOException {
    Path path = folder.resolve("more.gz");
    Files.write(path, compressed("1\n2\n"));
    Files.writeString(path, "3\n", StandardOpenOption.APPEND);
    assertThatThrownBy(() -> read(open(path).ranges(10)))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("more.gz: corrupt gzip (2 bytes follow its end); get the file again");
  }

  @Test
  void otherEncodingsThanUtf8AreRefused() {
    assertRefused("a,b\n1,2\n", StandardCharsets.UTF_16, "found text in UTF-16, expected UTF-8");
    assertRefused("\uFEFFa,b\n", StandardCharsets.UTF_16LE, "found text in UTF-16");
    assertRefused("a,b\n1,2\n", StandardCharsets.UTF_16LE, "found text in UTF-16");
    assertRefused("a,b\n1,2\n", StandardCharsets.UTF_16BE, "found text in UTF-16");
    assertRefused("\uFEFFa,b\n", Charset.forName("UTF-32LE"), "found text in UTF-32");
    assertRefused("PK\3\4\0\0", StandardCharsets.UTF_8, "found bytes of no text");
  }

  @Test
  void filesWithoutTextAreRefused() {
    assertRefused("", StandardCharsets.UTF_8, "text: is empty");
    assertRefused("\uFEFF", StandardCharsets.UTF_8, "text: is empty");
    assertThatThrownBy(() -> gzip("", Integer.MAX_VALUE)).hasMessageContaining("is empty");
    assertThatThrownBy(() -> open(folder.resolve("absent")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("absent: cannot be read (");
  }

  @Test
  void aFileThatGetsShorterWhileItIsReadIsRefused() throws IOException {
    List<TextRange> ranges = file("1\n2\n3\n").ranges(2);
    Files.writeString(folder.resolve("text"), "1\n2\n");
    assertThatThrownBy(() -> read(ranges))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("text: changed since the run began (length 6, now 4");
  }

  @Test
  void aFileThatGrewIsRefusedBeforeALineIsRead() throws IOException {
    TextFile file = file("1\n2\n3\n");
    Files.writeString(folder.resolve("text"), "4\n", StandardOpenOption.APPEND);
    for (TextRange range : file.ranges(2)) {
      assertThatThrownBy(() -> range.lines(HADOOP))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("text: changed since the run began (length 6, now 8")
          .hasMessageEndingWith("); run again on files that stay as they are");
    }
  }

  @Test
  void aFileOfTheSameLengthButAnotherTimeIsRefusedBeforeALineIsRead() throws IOException {
    for (TextFile file : List.of(file("1\n2\n3\n"), gzip("1\n2\n3\n", Integer.MAX_VALUE))) {
      Path path = Path.of(file.name());
      replace(path, Files.readAllBytes(path));
      assertThatThrownBy(() -> file.whole().lines(HADOOP))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(path + ": changed since the run began (length still ")
          .hasMessageContaining("; modified ");
    }
  }

  @Test
  void aFileThatAnotherTookThePlaceOfWhileItWasReadIsRefusedAtTheEndOfTheRange()
      throws IOException {
    for (TextFile file : List.of(file("1\n2\n3\n"), gzip("1\n2\n3\n", Integer.MAX_VALUE))) {
      TextRange range = file.ranges(4).get(0);
      try (LineReader lines = range.lines(HADOOP)) {
        assertThat(lines.next()).isTrue();
        replace(Path.of(file.name()), Files.readAllBytes(Path.of(file.name())));
        assertThat(lines.next()).isTrue();
        assertThatThrownBy(
                () -> {
                  while (lines.next()) {
                    assertThat(line(lines)).isEqualTo("3");
                  }
                })
            .isInstanceOf(InputException.class)
            .hasMessageContaining(": changed since the run began (length still ");
      }
    }
  }

  @Test
  void aFileThatDisappearedIsRefused() throws IOException {
    TextFile file = file("1\n2\n");
    Files.delete(folder.resolve("text"));
    assertThatThrownBy(() -> file.whole().lines(HADOOP))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("text: has disappeared since the run began");
  }

  /** Writes other bytes into a file, at a time that differs for sure. */
  private static void replace(Path file, byte[] bytes) throws IOException {
    FileTime time = Files.getLastModifiedTime(file);
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, FileTime.fromMillis(time.toMillis() + 1000));
  }

  private void assertRefused(String text, Charset charset, String message) {
    assertThatThrownBy(() -> open(Files.write(folder.resolve("text"), text.getBytes(charset))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  private TextFile file(String text) throws IOException {
    return open(Files.writeString(folder.resolve("text"), text));
  }

  private TextFile gzip(String text, int mostBytes) throws IOException {
    byte[] all = compressed(text);
    return open(
        Files.write(
            folder.resolve("text.gz"), Arrays.copyOf(all, Math.min(all.length, mostBytes))));
  }

  private static byte[] compressed(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static TextFile open(Path path) {
    return TextFile.open(new org.apache.hadoop.fs.Path(path.toString()), HADOOP);
  }

  private static List<String> read(List<TextRange> ranges) {
    List<String> read = new ArrayList<>();
    for (TextRange range : ranges) {
      try (LineReader lines = range.lines(HADOOP)) {
        while (lines.next()) {
          read.add(line(lines));
        }
      }
    }
    return read;
  }

  private static String line(LineReader lines) {
    return Utf8.text(lines.buffer(), lines.start(), lines.end());
  }
}
