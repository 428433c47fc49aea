package dev.onehot.data.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onehot.data.idx.IdxFiles;
import dev.onehot.failure.InputException;
import dev.onehot.failure.SettingNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MnistFolderTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "train-images-idx3-ubyte,       train-labels-idx1-ubyte",
    "train-images-idx3-ubyte.gz,    train-labels-idx1-ubyte.gz",
    "train-images.idx3-ubyte,       train-labels.idx1-ubyte",
    "train-images.idx3-ubyte.gz,    train-labels-idx1-ubyte",
    "train-images,                  train-labels.gz",
  })
  void everyUsualSpellingIsFound(String images, String labels) throws IOException {
    holds(images, labels, "README.md", "train-images-idx3-ubyte.gz.md5");

    IdxFiles train = open().train();

    assertThat(train.images()).containsExactly(path(images));
    assertThat(train.labels()).containsExactly(path(labels));
  }

  @Test
  void theTestRowsAreFoundBesideTheTrainingRows() throws IOException {
    holds("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");

    assertThat(open().test().orElseThrow().images())
        .containsExactly(path("t10k-images-idx3-ubyte"));
    assertThatThrownBy(() -> open().train()).isInstanceOf(InputException.class);
  }

  @Test
  void shardsComeInOrderOfTheirNamesWithTheirLabels() throws IOException {
    holds(
        "train-images-idx3-ubyte-00001-of-00003.gz",
        "train-images-idx3-ubyte-00000-of-00003",
        "train-images-idx3-ubyte-00002-of-00003",
        "train-labels-idx1-ubyte-00002-of-00003.gz",
        "train-labels-idx1-ubyte-00001-of-00003",
        "train-labels-idx1-ubyte-00000-of-00003");

    IdxFiles train = open().train();

    assertThat(train.images())
        .containsExactly(
            path("train-images-idx3-ubyte-00000-of-00003"),
            path("train-images-idx3-ubyte-00001-of-00003.gz"),
            path("train-images-idx3-ubyte-00002-of-00003"));
    assertThat(train.labels())
        .containsExactly(
            path("train-labels-idx1-ubyte-00000-of-00003"),
            path("train-labels-idx1-ubyte-00001-of-00003"),
            path("train-labels-idx1-ubyte-00002-of-00003.gz"));
  }

  @Test
  void theRawFileIsTakenWhereBothAreThere() throws IOException {
    holds(
        "train-images-idx3-ubyte",
        "train-images-idx3-ubyte.gz",
        "train-labels-idx1-ubyte.gz",
        "train-labels-idx1-ubyte");

    assertThat(open().train().images()).containsExactly(path("train-images-idx3-ubyte"));
    assertThat(open().train().labels()).containsExactly(path("train-labels-idx1-ubyte"));
  }

  @Test
  void hiddenFilesAndFoldersAreIgnored() throws IOException {
    holds(
        "train-images-idx3-ubyte",
        "train-labels-idx1-ubyte",
        "._train-images-idx3-ubyte",
        "_train-images.idx3-ubyte",
        ".train-images-idx3-ubyte-00000-of-00002");
    Files.createDirectory(folder.resolve("train-images.idx3-ubyte"));

    assertThat(open().train().images()).containsExactly(path("train-images-idx3-ubyte"));
  }

  @Test
  void aFolderWithoutTheNamesIsRefusedWithWhatIsThere() throws IOException {
    holds("README.md", "digits.csv", ".hidden");
    refuses(
        () -> open().train(),
        ": no file train-images-idx3-ubyte (nor the same with .gz or in shards);"
            + " found README.md, digits.csv");
  }

  @Test
  void anEmptyFolderIsRefused() {
    refuses(
        () -> open().train(),
        ": no file train-images-idx3-ubyte (nor the same with .gz or in shards); found no files");
  }

  @Test
  void aFolderNeedsNoTestRows() throws IOException {
    holds("train-images-idx3-ubyte", "train-labels-idx1-ubyte");
    assertThat(open().test()).isEmpty();
  }

  @Test
  void halfOfTheTestRowsIsRefused() throws IOException {
    holds("t10k-labels-idx1-ubyte");
    refuses(() -> open().test(), ": no file t10k-images-idx3-ubyte");
  }

  @Test
  void aTestFileWithAWrongNameIsRefused() throws IOException {
    holds("t10k-image-idx3-ubyte");
    refuses(() -> open().test(), ": no file t10k-images-idx3-ubyte");
  }

  @Test
  void aNewerCompressedFileBesideTheRawOneIsWarnedOf() throws IOException {
    holds("train-images-idx3-ubyte", "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte");
    List<String> warnings = new ArrayList<>();
    modified("train-images-idx3-ubyte", "2026-01-02T03:04:05Z");
    modified("train-images-idx3-ubyte.gz", "2026-01-02T03:04:06Z");
    open(warnings).train();
    assertThat(warnings).isEmpty();

    modified("train-images-idx3-ubyte.gz", "2026-02-03T03:04:05Z");
    open(warnings).train();
    assertThat(warnings)
        .containsExactly(
            ("warning: %s/train-images-idx3-ubyte is read, but train-images-idx3-ubyte.gz beside it"
                    + " is newer (2026-02-03T03:04:05Z, not 2026-01-02T03:04:05Z); remove the one"
                    + " that is out of date")
                .formatted(folder));
  }

  @ParameterizedTest
  @CsvSource({
    "emnist-letters-train-images-idx3-ubyte.gz, emnist-letters-train-labels-idx1-ubyte.gz,"
        + " emnist-letters-test-images-idx3-ubyte.gz, emnist-letters-test-labels-idx1-ubyte.gz",
    "qmnist-train-images-idx3-ubyte, qmnist-train-labels-idx2-int.gz,"
        + " qmnist-test-images-idx3-ubyte, qmnist-test-labels-idx2-int",
    "mnist8m-patterns-idx3-ubyte, mnist8m-labels-idx1-ubyte,"
        + " test10k-patterns-idx3-ubyte, test10k-labels-idx1-ubyte",
    "mnist60k-images-idx3-ubyte, mnist60k-labels-idx1-ubyte,"
        + " test10k-images-idx3-ubyte, test10k-labels-idx1-ubyte",
    "k49-train-images-idx3-ubyte, k49-train-labels-idx1-ubyte,"
        + " k49-t10k-images-idx3-ubyte, k49-t10k-labels-idx1-ubyte",
    "train-images-idx2-float, train-labels-idx1-int,"
        + " test-images-idx2-float, test-labels-idx1-short",
  })
  void dataSetsNamedLikeMnistAreFound(
      String images, String labels, String testImages, String testLabels) throws IOException {
    holds(images, labels, testImages, testLabels, "emnist-letters-mapping.txt");
    assertThat(open().train())
        .isEqualTo(new IdxFiles(List.of(path(images)), List.of(path(labels))));
    assertThat(open().test())
        .contains(new IdxFiles(List.of(path(testImages)), List.of(path(testLabels))));
    assertThat(open().testRows().images()).containsExactly(path(testImages));
    refuses(() -> open().only(), ": it isn't clear which rows are meant, as both ");
  }

  @Test
  void mnistsOwnNamesAreMeantWhereTheyAreThere() throws IOException {
    holds("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "emnist-train-images-idx3-ubyte");
    assertThat(open().train().images()).containsExactly(path("train-images-idx3-ubyte"));
    assertThat(open().test()).isEmpty();
  }

  @Test
  void severalDataSetsAreRefused() throws IOException {
    holds(
        "emnist-letters-train-images-idx3-ubyte.gz",
        "emnist-letters-train-labels-idx1-ubyte.gz",
        "emnist-balanced-test-images-idx3-ubyte.gz",
        "emnist-balanced-train-images-idx3-ubyte.gz");
    refuses(
        () -> open().train(),
        ": it isn't clear which rows are meant, as there are several data sets: emnist-balanced,"
            + " emnist-letters; name files of one, such as train "
            + folder
            + "/emnist-balanced-train-images-idx3-ubyte.gz");
  }

  @Test
  void aMissingFileOfAnotherDataSetIsNamedLikeTheOthers() throws IOException {
    holds("qmnist-train-images-idx3-ubyte");
    refuses(() -> open().train(), ": no file qmnist-train-labels-idx2-int (nor");
    assertThat(open().only().images()).containsExactly(path("qmnist-train-images-idx3-ubyte"));
  }

  @ParameterizedTest
  @CsvSource({
    "mnist_train.csv, if files such as mnist_train.csv are meant",
    "mnist.npz, if files such as mnist.npz are meant",
    "mnist.parquet, 'are read, not such as mnist.parquet'",
    "archive.zip, unpack archive.zip"
  })
  void otherNamesGetAnAnswer(String name, String answer) throws IOException {
    holds(name);
    assertThatThrownBy(() -> open().train())
        .isInstanceOf(InputException.class)
        .hasMessageContaining(answer);
  }

  @Test
  void foldersAreListed() throws IOException {
    Files.createDirectory(folder.resolve("raw"));
    refuses(() -> open().train(), "found raw/");
  }

  @Test
  void ofManyFilesOnlyTheFirstAreListed() throws IOException {
    for (int i = 10; i < 35; i++) {
      holds("file-" + i);
    }
    refuses(() -> open().train(), "found file-10, file-11, file-12, ");
    refuses(() -> open().train(), "file-19 and 15 more");
  }

  @Test
  void imagesWithoutLabelsAreRefused() throws IOException {
    holds("train-images-idx3-ubyte");
    refuses(
        () -> open().train(),
        ": no file train-labels-idx1-ubyte (nor the same with .gz or in shards);"
            + " found train-images-idx3-ubyte");
  }

  @Test
  void aMissingShardIsRefused() throws IOException {
    holds(
        "train-images-idx3-ubyte-00000-of-00003",
        "train-images-idx3-ubyte-00002-of-00003",
        "train-labels-idx1-ubyte-00000-of-00003");
    refuses(
        () -> open().train(),
        ": shard 1 of train-images-idx3-ubyte-of-00003 is missing:"
            + " the name promises 3, numbered from 0, found 2");
  }

  @Test
  void aShardTooManyIsRefused() throws IOException {
    holds("train-images-00000-of-00001", "train-images-00001-of-00001");
    refuses(
        () -> open().train(),
        ": train-images-00001-of-00001 is one too many:"
            + " the name promises 1, numbered from 0, found 2");
  }

  @ParameterizedTest
  @CsvSource({
    "train-images-idx3-ubyte, train-images.idx3-ubyte",
    "train-images-idx3-ubyte, train-images-idx3-ubyte-00000-of-00001",
    "train-images-idx3-ubyte-00000-of-00002, train-images-idx3-ubyte-00000-of-00003",
    "train-images-idx3-ubyte-0-of-2, train-images-idx3-ubyte-00-of-2",
  })
  void rowsThatWouldBeReadTwiceAreRefused(String one, String two) throws IOException {
    holds(one, two, "train-labels-idx1-ubyte");
    assertThatThrownBy(() -> open().train())
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(folder + ": it isn't clear which rows are meant, as both ")
        .hasMessageContaining(one)
        .hasMessageContaining(two)
        .hasMessageEndingWith(" are there; keep one");
  }

  @Test
  void shardsThatDoNotPairAreRefused() throws IOException {
    holds(
        "train-images-idx3-ubyte-0-of-2",
        "train-images-idx3-ubyte-1-of-2",
        "train-labels-idx1-ubyte");
    refuses(
        () -> open().train(),
        ": images and labels don't pair: 2 files such as train-images-idx3-ubyte-0-of-2,"
            + " but 1 such as train-labels-idx1-ubyte");
  }

  @Test
  void aFolderThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> MnistFolder.open(path("nowhere"), new Configuration()))
        .isInstanceOf(InputException.class)
        .hasMessage(folder + "/nowhere: no such folder");
  }

  @Test
  void aFileIsNotAFolder() throws IOException {
    holds("train-images-idx3-ubyte");
    assertThatThrownBy(() -> MnistFolder.open(path("train-images-idx3-ubyte"), new Configuration()))
        .isInstanceOf(InputException.class)
        .hasMessage(folder + "/train-images-idx3-ubyte: is a file, not a folder");
  }

  private void refuses(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(folder.toString())
        .extracting(failure -> SettingNames.plain(failure.getMessage()))
        .asString()
        .contains(message);
  }

  private void modified(String name, String time) throws IOException {
    Files.setLastModifiedTime(folder.resolve(name), FileTime.from(Instant.parse(time)));
  }

  private MnistFolder open(List<String> warnings) {
    return MnistFolder.open(
        new org.apache.hadoop.fs.Path(folder.toString()), new Configuration(), warnings::add);
  }

  private MnistFolder open() {
    return MnistFolder.open(new org.apache.hadoop.fs.Path(folder.toString()), new Configuration());
  }

  private org.apache.hadoop.fs.Path path(String name) {
    return new org.apache.hadoop.fs.Path(folder.toString(), name);
  }

  private void holds(String... names) throws IOException {
    for (String name : names) {
      Files.createFile(folder.resolve(name));
    }
  }
}
