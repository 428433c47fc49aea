package dev.onehot.data.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onehot.data.FormatOptions;
import dev.onehot.data.Gzip;
import dev.onehot.data.KnownRows;
import dev.onehot.data.PieceSource;
import dev.onehot.data.RowSource;
import dev.onehot.failure.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which source reads which files, and which classes follow from their labels. */
class IdxRowsTest {

  private static final Configuration HADOOP = new Configuration();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", ".gz"})
  void theClassesAreTheLabelsThatOccur(String extension) throws IOException {
    labels(extension, IdxType.UBYTE, new int[] {6}, 26, 3, 3, 1, 11, 26);
    assertThat(rows(extension, KnownRows.nothing(), 6).classLabels())
        .containsExactly("1", "3", "11", "26");
    assertThat(rows(extension, KnownRows.nothing(), 3).classLabels()).containsExactly("3", "26");
    assertThat(rows(extension, KnownRows.nothing(), 6)).isInstanceOf(IdxSource.class);
  }

  @Test
  void knownClassesAreTaken() throws IOException {
    labels("", IdxType.UBYTE, new int[] {6}, 0, 1, 1, 0, 1, 0);
    assertThat(rows("", known("0", "1", "2"), 6).classLabels()).containsExactly("0", "1", "2");
  }

  @Test
  void labelsAreMatchedByTheirNumbersWhateverTheOrderOfTheClasses() throws IOException {
    labels("", IdxType.UBYTE, new int[] {6}, 7, 2, 7, 7, 2, 2);
    assertThat(classes(List.of("7", "other", "2"))).containsExactly(0, 2, 0, 0, 2, 2);
  }

  @Test
  void aLabelThatIsNotKnownIsRefused() throws IOException {
    labels("", IdxType.UBYTE, new int[] {6}, 1, 26, 1, 27, 1, 26);
    assertThatThrownBy(() -> classes(List.of("1", "26")))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "%s/a-labels: label 27 in row 3, at byte 11: expected a class of the model m: 1, 26",
            folder);
    assertThatThrownBy(() -> classes(IdxClasses.numbers(20)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("label 26 in row 1, at byte 9, is out of range: 20 classes have");
  }

  @Test
  void ofManyKnownClassesTheFirstAndTheLastAreListed() throws IOException {
    labels("", IdxType.UBYTE, new int[] {6}, 0, 0, 0, 0, 0, 0);
    assertThatThrownBy(() -> classes(IntStream.range(1, 21).mapToObj(String::valueOf).toList()))
        .hasMessageEndingWith("the model m: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 … 20 (20)");
  }

  @ParameterizedTest
  @EnumSource(
      value = IdxType.class,
      names = {"BYTE", "SHORT", "INT"})
  void labelsMayBeOtherIntegersAndInAColumn(IdxType type) throws IOException {
    for (int[] sizes : new int[][] {{6}, {6, 1}}) {
      labels("", type, sizes, -1, 1, 1, -1, 100, 1);
      assertThat(rows("", KnownRows.nothing(), 6).classLabels()).containsExactly("-1", "1", "100");
      assertThat(classes(List.of("-1", "1", "100"))).containsExactly(0, 1, 1, 0, 2, 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".gz"})
  void qmnistsFirstColumnIsTheClass(String extension) throws IOException {
    double[] values = new double[6 * 8];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 8 == 0 ? i / 8 % 3 : 100_000 + i;
    }
    labels(extension, IdxType.INT, new int[] {6, 8}, values);
    assertThat(rows(extension, KnownRows.nothing(), 6).classLabels())
        .containsExactly("0", "1", "2");
  }

  @Test
  void labelsOfOtherShapesAreRefused() throws IOException {
    labels("", IdxType.INT, new int[] {6, 2}, new double[12]);
    refuses("rows of 2 32-bit integers where labels belong: expected one column, or the 8 columns");
    labels("", IdxType.SHORT, new int[] {6, 8}, new double[48]);
    refuses("rows of 8 16-bit integers where labels belong");
    labels("", IdxType.FLOAT, new int[] {6}, new double[6]);
    refuses("is a 1-dimensional IDX file of 32-bit floats, where labels belong");
    labels("", IdxType.UBYTE, new int[] {6, 1, 1}, new double[6]);
    refuses("is an IDX file of images, where labels belong");
  }

  @Test
  void oneClassAndTooManyAreRefused() throws IOException {
    labels("", IdxType.UBYTE, new int[] {6}, 4, 4, 4, 4, 4, 4);
    refuses("all rows have the label 4, and a model needs two classes at least");
    double[] all = IntStream.range(0, 1001).asDoubleStream().toArray();
    IdxBytes.write(folder, "a-labels", IdxType.SHORT, new int[] {1001}, all);
    IdxBytes.write(folder, "a-images", IdxType.UBYTE, new int[] {1001, 1}, all);
    assertThatThrownBy(() -> rows("", KnownRows.nothing(), 1001))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("has more than 1,000 different labels");
    assertThat(rows("", KnownRows.nothing(), 1000).classLabels()).hasSize(1000);
  }

  @Test
  void aCutLabelFileIsRefused() throws IOException {
    byte[] cut = {0, 0, 8, 1, 0, 0, 0, 6, 1, 2, 3};
    Files.write(folder.resolve("a-labels.gz"), Gzip.compressed(cut));
    images(".gz");
    assertThatThrownBy(() -> rows(".gz", KnownRows.nothing(), 6))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a-labels.gz: truncated: row 3, at byte 11, isn't whole");
  }

  @Test
  void bytesThatFillABlockAreReadAsTheyAreAndOthersInPieces() throws IOException {
    labels("", IdxType.UBYTE, new int[] {6}, 0, 1, 0, 1, 0, 1);
    for (int features : new int[] {1, 65_535, 65_536}) {
      IdxBytes.write(
          folder, "a-images", IdxType.UBYTE, new int[] {6, features}, new double[6 * features]);
      RowSource source = rows("", KnownRows.nothing(), 6);
      assertThat(source).isInstanceOf(features <= 65_535 ? IdxSource.class : PieceSource.class);
      assertThat(source.pictures()).isEmpty();
    }
    IdxBytes.write(folder, "a-images", IdxType.BYTE, new int[] {6, 1}, new double[6]);
    assertThat(rows("", KnownRows.nothing(), 6)).isInstanceOf(PieceSource.class);
  }

  private void refuses(String message) {
    assertThatThrownBy(() -> rows("", KnownRows.nothing(), 6))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(folder.toString())
        .hasMessageContaining(message);
  }

  private void images(String extension) throws IOException {
    IdxBytes.write(
        folder, "a-images" + extension, IdxType.UBYTE, new int[] {6, 2, 1}, new double[12]);
  }

  private void labels(String extension, IdxType type, int[] sizes, double... values)
      throws IOException {
    images(extension);
    IdxBytes.write(folder, "a-labels" + extension, type, sizes, values);
  }

  private RowSource rows(String extension, KnownRows known, long mostRows) {
    return IdxRows.open(files(extension), FormatOptions.defaults(), known, mostRows, HADOOP);
  }

  private IdxFiles files(String extension) {
    return new IdxFiles(
        List.of(IdxBytes.path(folder, "a-images" + extension)),
        List.of(IdxBytes.path(folder, "a-labels" + extension)));
  }

  private int[] classes(List<String> labels) throws IOException {
    IdxFiles files = files("");
    List<IdxShard> shards = IdxShard.open(files.images(), files.labels(), HADOOP);
    int[] classes = new int[6];
    try (IdxReader reader = new IdxReader(shards, new IdxClasses(labels, "the model m"), HADOOP)) {
      reader.read(0, 6, new byte[12], classes);
    }
    return classes;
  }

  private static KnownRows known(String... labels) {
    return new KnownRows(0, List.of(), List.of(labels), null);
  }
}
