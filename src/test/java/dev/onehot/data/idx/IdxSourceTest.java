package dev.onehot.data.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onehot.data.Digits;
import dev.onehot.data.Gzip;
import dev.onehot.data.ImageShape;
import dev.onehot.failure.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link IdxSource#open} finds out from headers and lengths alone. */
class IdxSourceTest {

  private static final String IMAGES = "train-images-idx3-ubyte";
  private static final String LABELS = "train-labels-idx1-ubyte";

  @TempDir Path folder;

  @BeforeEach
  void tenImagesOfSixPixels() throws IOException {
    Digits.random(1, 10, new ImageShape(2, 3)).write(folder, "");
  }

  @Test
  void aSourceSaysWhatItIs() {
    IdxSource source = open();

    assertThat(source.rows()).isEqualTo(10);
    assertThat(source.pictures()).contains(new ImageShape(2, 3));
    assertThat(source.description()).isEqualTo(folder + " (" + IMAGES + ")");
    assertThat(source.files())
        .containsExactly("file:" + folder.resolve(IMAGES), "file:" + folder.resolve(LABELS));
  }

  @Test
  void onlyTheFirstRowsAndTheirFilesCanBeTaken() throws IOException {
    Digits.random(1, 10, new ImageShape(2, 3)).writeShards(folder, "", 4, 8, 10);
    IdxFiles files = pairs("-00000-of-00003", "-00001-of-00003", "-00002-of-00003");

    assertThat(open(files, 8).rows()).isEqualTo(8);
    assertThat(open(files, 8).files()).hasSize(4);
    assertThat(open(files, 8).description())
        .isEqualTo(folder + " (" + IMAGES + "-00000-of-00003 and 1 more)");
    assertThat(open(files, 9).files()).hasSize(6);
    assertThat(open(files, 11).rows()).isEqualTo(10);
  }

  @Test
  void aShardMayBeEmpty() throws IOException {
    Digits.random(1, 10, new ImageShape(2, 3)).writeShards(folder, "", 0, 10, 10);
    IdxFiles files = pairs("-00000-of-00003", "-00001-of-00003", "-00002-of-00003");

    assertThat(open(files, Long.MAX_VALUE).rows()).isEqualTo(10);
    assertThat(open(files, Long.MAX_VALUE).files()).hasSize(2);
  }

  @Test
  void aMissingFileIsRefused() {
    assertThatThrownBy(() -> open(10, "nowhere", LABELS))
        .isInstanceOf(InputException.class)
        .hasMessage(folder + "/nowhere: no such file");
  }

  @Test
  void aFolderInPlaceOfAFileIsRefused() throws IOException {
    Files.createDirectory(folder.resolve("sub"));
    assertThatThrownBy(() -> open(10, "sub", LABELS))
        .isInstanceOf(InputException.class)
        .hasMessage(
            folder
                + "/sub: is a folder where an IDX file of images belongs; data takes a folder of all files");
  }

  @Test
  void aSchemeNobodyKnowsIsRefused() {
    var path = new org.apache.hadoop.fs.Path("nosuch://host/images");
    assertThatThrownBy(
            () -> IdxSource.open(List.of(path), List.of(path), 10, 10, new Configuration()))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("nosuch://host/images: cannot be read (")
        .hasMessageContaining("nosuch");
  }

  @Test
  void labelsWhereImagesBelongAreCalledSo() {
    assertThatThrownBy(() -> open(10, LABELS, LABELS))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "%s/%s: is an IDX file of labels, where images belong".formatted(folder, LABELS));
  }

  @Test
  void imagesWhereLabelsBelongAreCalledSo() {
    assertThatThrownBy(() -> open(10, IMAGES, IMAGES))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "%s/%s: is an IDX file of images, where labels belong".formatted(folder, IMAGES));
  }

  @ParameterizedTest
  @CsvSource({
    "0x00000E02, a 2-dimensional IDX file of 64-bit floats",
    "0x00000B01, a 1-dimensional IDX file of 16-bit integers",
    "0x00000C04, a 4-dimensional IDX file of 32-bit integers",
    "0x00000901, a 1-dimensional IDX file of signed bytes",
    "0x00000804, a 4-dimensional IDX file of unsigned bytes",
    "0x030D0000, a 3-dimensional IDX file of 32-bit floats in little-endian order (IDX has the high byte first)",
    "0x03080000, an IDX file of images in little-endian order (IDX has the high byte first)",
    "0x01080000, an IDX file of labels in little-endian order (IDX has the high byte first)",
  })
  void aWrongMagicNumberIsExplained(String magic, String explanation) throws IOException {
    patch(IMAGES, 0, Long.decode(magic).intValue());
    assertThatThrownBy(this::open)
        .isInstanceOf(InputException.class)
        .hasMessage("%s/%s: is %s, where images belong".formatted(folder, IMAGES, explanation));
  }

  @Test
  void aTextFileIsCalledThatRatherThanCutShort() throws IOException {
    Files.writeString(folder.resolve(IMAGES), "hello\n");
    assertThatThrownBy(this::open)
        .isInstanceOf(InputException.class)
        .hasMessage(
            "%s/%s: is text that begins with \"hello\"; files that are read are IDX, CSV, LIBSVM and NumPy's"
                .formatted(folder, IMAGES));
  }

  @Test
  void bytesThatNothingIsKnownOfAreShown() throws IOException {
    Files.write(folder.resolve(IMAGES), new byte[] {(byte) 0xca, (byte) 0xfe, 1, 2, 3, 4});
    assertThatThrownBy(this::open)
        .isInstanceOf(InputException.class)
        .hasMessage(
            "%s/%s: is no IDX file of images: expected the bytes 0x00000803 at its beginning, found 0xcafe0102"
                .formatted(folder, IMAGES));
  }

  @Test
  void gzipWithinGzipIsCalledThat() throws IOException {
    byte[] once = Gzip.compressed(Files.readAllBytes(folder.resolve(IMAGES)));
    Files.write(folder.resolve(IMAGES), Gzip.compressed(once));
    assertThatThrownBy(this::open)
        .isInstanceOf(InputException.class)
        .hasMessage("%s/%s: is gzip within gzip; unpack it once".formatted(folder, IMAGES));
  }

  @Test
  void theFileInTheOtherCompressionIsNamed() throws IOException {
    compress(IMAGES);
    Files.delete(folder.resolve(IMAGES));
    assertThatThrownBy(this::open)
        .isInstanceOf(InputException.class)
        .hasMessage("%1$s/%2$s: no such file; %2$s.gz is there".formatted(folder, IMAGES));
  }

  @Test
  void anEmptyFileIsCalledEmpty() throws IOException {
    cut(IMAGES, 0);
    assertThatThrownBy(this::open)
        .isInstanceOf(InputException.class)
        .hasMessage("%s/%s: is empty; get the file again".formatted(folder, IMAGES));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 15})
  void anImageHeaderCutShortIsRefused(int length) throws IOException {
    cut(IMAGES, length);
    String message =
        "%s/%s%s: header cut short: an IDX file of images begins with 16 bytes, found %d";
    assertThatThrownBy(this::open)
        .isInstanceOf(InputException.class)
        .hasMessage(message.formatted(folder, IMAGES, "", length));
    compress(IMAGES);
    assertThatThrownBy(() -> open(10, IMAGES + ".gz", LABELS))
        .isInstanceOf(InputException.class)
        .hasMessage(message.formatted(folder, IMAGES, ".gz", length));
  }

  @Test
  void aLabelHeaderCutShortIsRefused() throws IOException {
    cut(LABELS, 7);
    assertThatThrownBy(this::open)
        .isInstanceOf(InputException.class)
        .hasMessage(
            "%s/%s: header cut short: an IDX file of labels begins with 8 bytes, found 7"
                .formatted(folder, LABELS));
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 12})
  void aGzipThatBreaksOffInTheHeaderIsRefused(int length) throws IOException {
    compress(IMAGES);
    cut(IMAGES + ".gz", length);
    assertThatThrownBy(() -> open(10, IMAGES + ".gz", LABELS))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("%s/%s.gz: truncated gzip (".formatted(folder, IMAGES))
        .hasMessageContaining(") in the header, at byte ");
  }

  @Test
  void aGzipWithAnUnknownMethodIsRefused() throws IOException {
    compress(IMAGES);
    patch(IMAGES + ".gz", 0, 0x1f8b0700);
    assertThatThrownBy(() -> open(10, IMAGES + ".gz", LABELS))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "%s/%s.gz: corrupt gzip (Unsupported compression method) in the header, at byte 0 of"
                    .formatted(folder, IMAGES)
                + " the uncompressed data; get the file again");
  }

  @ParameterizedTest
  @CsvSource({"75, 9, 70", "70, 9, 70", "69, 8, 64", "16, 0, 16", "21, 0, 16", "22, 1, 22"})
  void truncatedImagesAreRefusedNamingTheRow(int length, int row, int offset) throws IOException {
    cut(IMAGES, length);
    assertThatThrownBy(this::open)
        .isInstanceOf(InputException.class)
        .hasMessage(
            "%s/%s: truncated: row %d, at byte %d, isn't whole: expected 76 bytes for 10 rows, found %d; get the file again"
                .formatted(folder, IMAGES, row, offset, length));
  }

  @Test
  void truncatedLabelsAreRefusedNamingTheRow() throws IOException {
    cut(LABELS, 12);
    assertThatThrownBy(this::open)
        .isInstanceOf(InputException.class)
        .hasMessage(
            "%s/%s: truncated: row 4, at byte 12, isn't whole: expected 18 bytes for 10 rows, found 12; get the file again"
                .formatted(folder, LABELS));
  }

  @ParameterizedTest
  @CsvSource({IMAGES + ", 76", LABELS + ", 18"})
  void trailingBytesAreRefused(String name, int length) throws IOException {
    cut(name, length + 5);
    assertThatThrownBy(this::open)
        .isInstanceOf(InputException.class)
        .hasMessage(
            "%s/%s: 5 trailing bytes after row 9, at byte %d: expected %d bytes, found %d; get the file again"
                .formatted(folder, name, length, length, length + 5));
  }

  @Test
  void lengthsAreCheckedEvenOfRowsThatAreNotTaken() throws IOException {
    cut(IMAGES, 75);
    assertThatThrownBy(() -> open(3, IMAGES, LABELS)).isInstanceOf(InputException.class);
  }

  @Test
  void countsThatDifferAreRefused() throws IOException {
    patch(LABELS, 4, 9);
    cut(LABELS, 17);
    assertThatThrownBy(this::open)
        .isInstanceOf(InputException.class)
        .hasMessage(
            "%1$s/%2$s has 10 images but %1$s/%3$s has 9 labels; the two must belong together"
                .formatted(folder, IMAGES, LABELS));
  }

  @Test
  void shardsOfDifferentShapesAreRefused() throws IOException {
    Digits.random(1, 4, new ImageShape(3, 2)).write(folder, "-other");
    assertThatThrownBy(() -> open(pairs("", "-other"), 10))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "%1$s/%2$s-other: images of 3x2 pixels, but those of %1$s/%2$s have 2x3; all must have one size"
                .formatted(folder, IMAGES));
  }

  @ParameterizedTest
  @CsvSource({"0, 3", "2, 0", "-2, 3", "-2, -3", "1024, 1025", "65536, 65536"})
  void imagesOfNoUsableSizeAreRefused(int height, int width) throws IOException {
    patch(IMAGES, 8, height);
    patch(IMAGES, 12, width);
    assertThatThrownBy(this::open)
        .isInstanceOf(InputException.class)
        .hasMessage(
            "%s/%s: images of %dx%d pixels in the header at byte 8: an image must have 1 to 1048576"
                .formatted(folder, IMAGES, height, width));
  }

  @ParameterizedTest
  @CsvSource({IMAGES + ", images", LABELS + ", labels"})
  void negativeCountsAreRefused(String name, String kind) throws IOException {
    patch(name, 4, -10);
    assertThatThrownBy(this::open)
        .isInstanceOf(InputException.class)
        .hasMessage(
            "%s/%s: negative number of %s in the header at byte 4: -10"
                .formatted(folder, name, kind));
  }

  @Test
  void zeroRowsAreRefused() throws IOException {
    Digits.random(1, 0, new ImageShape(2, 3)).write(folder, "");
    assertThatThrownBy(this::open)
        .isInstanceOf(InputException.class)
        .hasMessage("%s/%s: has no rows".formatted(folder, IMAGES));
  }

  @Test
  void rowsThatAGzipHeaderDeniesAreRefused() throws IOException {
    patch(IMAGES, 4, 0);
    compress(IMAGES);
    assertThatThrownBy(() -> open(10, IMAGES + ".gz", LABELS))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "%s/%s.gz: 60 trailing bytes after the header, at byte 16: expected 16 bytes, found 76; get the file again"
                .formatted(folder, IMAGES));
  }

  @Test
  void imagesWithoutLabelFilesAreRefused() {
    assertThatThrownBy(
            () -> IdxSource.open(List.of(path(IMAGES)), List.of(), 10, 10, new Configuration()))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "images in 1 file(s) (%s/%s ...), but labels in 0; each needs its own"
                .formatted(folder, IMAGES));
  }

  private IdxSource open() {
    return open(Long.MAX_VALUE, IMAGES, LABELS);
  }

  private IdxSource open(long maxRows, String images, String labels) {
    return open(new IdxFiles(List.of(path(images)), List.of(path(labels))), maxRows);
  }

  private static IdxSource open(IdxFiles files, long maxRows) {
    return IdxSource.open(files.images(), files.labels(), 10, maxRows, new Configuration());
  }

  private IdxFiles pairs(String... suffixes) {
    return new IdxFiles(
        Stream.of(suffixes).map(suffix -> path(IMAGES + suffix)).toList(),
        Stream.of(suffixes).map(suffix -> path(LABELS + suffix)).toList());
  }

  private org.apache.hadoop.fs.Path path(String name) {
    return new org.apache.hadoop.fs.Path(folder.toString(), name);
  }

  private void cut(String name, int length) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));
  }

  private void patch(String name, int offset, int value) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(name));
    ByteBuffer.wrap(bytes).putInt(offset, value);
    Files.write(folder.resolve(name), bytes);
  }

  private void compress(String name) throws IOException {
    byte[] raw = Files.readAllBytes(folder.resolve(name));
    Files.write(folder.resolve(name + ".gz"), Gzip.compressed(raw));
  }
}
