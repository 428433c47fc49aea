package dev.onehot.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onehot.data.FormatOptions;
import dev.onehot.data.ImageShape;
import dev.onehot.data.KnownRows;
import dev.onehot.data.MissingValues;
import dev.onehot.data.RowSource;
import dev.onehot.data.idx.IdxWriter;
import dev.onehot.failure.InputException;
import dev.onehot.failure.InvalidSettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputOptionsTest {

  private static final ImageShape SHAPE = new ImageShape(2, 2);

  @TempDir Path folder;

  @Test
  void withoutAnyPathTheRowsAreTheBuiltInTestDigits() {
    RowSource rows = open(InputOptions.defaults(), true);
    assertThat(rows.rows()).isEqualTo(10_000);
    assertThat(rows.labelled()).isTrue();
  }

  @Test
  void aFolderOfMnistMeansItsTestRows() throws IOException {
    images("train-images-idx3-ubyte", 5);
    labels("train-labels-idx1-ubyte", 5);
    images("t10k-images-idx3-ubyte", 3);
    assertThat(open(data(), false).rows()).isEqualTo(3);
    assertThat(open(data(), false).labelled()).isFalse();
    assertThatThrownBy(() -> open(data(), true))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "%s (t10k-images-idx3-ubyte): has no labels; they are expected in %s/t10k-labels-idx1-ubyte"
                .formatted(folder, folder));

    labels("t10k-labels-idx1-ubyte", 3);
    assertThat(open(data(), false).labelled()).isTrue();
    assertThat(open(data(), true).labelled()).isTrue();
  }

  @Test
  void rowsToTestOnThatNoNameShowsAreNamedByInput() throws IOException {
    Path file = Files.writeString(folder.resolve("mine.csv"), "a,label\n1.5,cat\n2.5,dog\n");
    InputOptions options =
        InputOptions.defaults().withData(new org.apache.hadoop.fs.Path(file.toString()));
    assertThatThrownBy(() -> open(options, true))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "%s: holds no rows to test on: no file is named like test.csv; name the file by input",
            file);
  }

  @Test
  void aFileNeedsNoNameThatSaysWhereItsLabelsAre() throws IOException {
    images("rows", 4);
    assertThat(open(input("rows"), false).labelled()).isFalse();
    assertThatThrownBy(() -> open(input("rows"), true))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("rows: the name must contain 'images'");
  }

  @Test
  void labelsBesideAFileAreUsedWhateverTheyAre() throws IOException {
    images("images", 2);
    try (IdxWriter labels = IdxWriter.labels(Files.newOutputStream(folder.resolve("labels")), 2)) {
      labels.write(new byte[] {1, (byte) 255}, 2);
    }
    assertThat(open(input("images"), true).labelled()).isTrue();
  }

  @Test
  void aFolderOfShardsIsTakenInTheOrderOfTheirNames() throws IOException {
    images("train-images-idx3-ubyte-00000-of-00002", 2);
    images("train-images-idx3-ubyte-00001-of-00002", 3);
    RowSource rows = open(input(""), false);
    assertThat(rows.rows()).isEqualTo(5);
    assertThat(rows.files()).isSorted().hasSize(2);

    images("t10k-images-idx3-ubyte", 1);
    assertThatThrownBy(() -> open(input(""), false))
        .hasMessageContaining("both train-images and t10k-images are there");
    Files.delete(folder.resolve("t10k-images-idx3-ubyte"));
    Files.delete(folder.resolve("train-images-idx3-ubyte-00000-of-00002"));
    assertThatThrownBy(() -> open(input(""), false)).hasMessageContaining("shard 0 of");
  }

  @Test
  void aPatternTakesFilesOfAnyNameButNotHiddenOnes() throws IOException {
    images("b-images", 2);
    images("a-images", 3);
    images(".a-images", 7);
    RowSource rows = open(input("*-images"), false);
    assertThat(rows.rows()).isEqualTo(5);
    assertThat(rows.files()).isSorted().hasSize(2);

    labels("a-labels", 3);
    assertThatThrownBy(() -> open(input("*-images"), false))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a-images has labels beside it, but b-images has none");
    labels("b-labels", 2);
    assertThat(open(input("*-images"), true).labelled()).isTrue();
  }

  @Test
  void aPatternThatMeansRowsTwiceOrNoneIsRefused() throws IOException {
    images("a-images", 3);
    images("a-images.gz", 3);
    assertThatThrownBy(() -> open(input("a*"), false))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("matches both a-images and a-images.gz");
    assertThatThrownBy(() -> open(input("c*"), false))
        .isInstanceOf(InputException.class)
        .hasMessage("%s/c*: no file matches this pattern".formatted(folder));
    assertThatThrownBy(() -> open(input("c"), false))
        .isInstanceOf(InputException.class)
        .hasMessage("%s/c: no such file or folder".formatted(folder));
  }

  @Test
  void aPatternThatMissesAShardIsRefused() throws IOException {
    images("rows-images-00000-of-00003", 3);
    images("rows-images-00002-of-00003", 3);
    assertThatThrownBy(() -> open(input("rows-*"), false))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "matches 2 of 3 shards, such as rows-images-00000-of-00003; all of them are needed");
    images("rows-images-00001-of-00003", 4);
    assertThat(open(input("rows-*"), false).rows()).isEqualTo(10);
  }

  @Test
  void aFileWithTheSignsOfAPatternInItsNameIsThatFile() throws IOException {
    images("images[1]", 3);
    images("images1", 4);
    assertThat(open(input("images[1]"), false).rows()).isEqualTo(3);
  }

  @Test
  void theNumberOfFeaturesIsRefusedWhereFilesSayIt() throws IOException {
    images("images", 2);
    Files.writeString(folder.resolve("rows.csv"), "1,2,a\n3,4,b\n");
    Files.writeString(folder.resolve("rows.libsvm"), "1 2:1\n");
    var formats =
        new FormatOptions(null, null, null, List.of(), null, false, 4, MissingValues.REFUSE, 0);
    for (InputOptions options :
        List.of(InputOptions.defaults(), input("images"), input("rows.csv"))) {
      assertThatThrownBy(() -> open(options.withFormats(formats), false))
          .isInstanceOf(InvalidSettingsException.class)
          .hasMessageEndingWith(
              ": features is for LIBSVM alone, as other files say how many features they have; leave it out");
    }
    assertThat(open(input("rows.libsvm").withFormats(formats), true).labelled()).isTrue();
  }

  @Test
  void optionsThatContradictEachOtherAreRefusedTogether() {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path("x");
    assertThatThrownBy(() -> new InputOptions(path, path, FormatOptions.defaults(), 0))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("leave out one of them; partitions must be at least 1, not 0");
  }

  private static RowSource open(InputOptions options, boolean labelsRequired) {
    return options.open(KnownRows.nothing(), labelsRequired, new Configuration(), note -> {});
  }

  private InputOptions data() {
    return InputOptions.defaults().withData(new org.apache.hadoop.fs.Path(folder.toString()));
  }

  private InputOptions input(String name) {
    return InputOptions.defaults()
        .withInput(new org.apache.hadoop.fs.Path(folder.resolve(name).toString()));
  }

  private void images(String name, int rows) throws IOException {
    try (IdxWriter images =
        IdxWriter.images(Files.newOutputStream(folder.resolve(name)), rows, SHAPE)) {
      images.write(new byte[rows * SHAPE.features()], rows);
    }
  }

  private void labels(String name, int rows) throws IOException {
    try (IdxWriter labels = IdxWriter.labels(Files.newOutputStream(folder.resolve(name)), rows)) {
      byte[] numbers = new byte[rows];
      for (int r = 0; r < rows; r++) {
        numbers[r] = (byte) (r % 2);
      }
      labels.write(numbers, rows);
    }
  }
}
