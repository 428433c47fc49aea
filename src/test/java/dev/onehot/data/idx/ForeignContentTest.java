package dev.onehot.data.idx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignContentTest {

  @ParameterizedTest
  @CsvSource({
    "504b0304, a zip archive",
    "425a6839, a bzip2 file",
    "fd377a585a00, an xz file",
    "28b52ffd, a zstd file",
    "04224d18, an lz4 file",
    "1f8b0800, gzip within gzip",
    "1f9d90, a file of compress",
    "377abcaf271c, a 7z archive",
    "89504e470d0a, a PNG picture",
    "ffd8ffe0, a JPEG picture",
    "934e554d505901, a NumPy array",
    "50415231, a Parquet file",
    "894844460d0a, an HDF5 file",
    "8004954b, a Python pickle",
    "00000000, nothing but zeros"
  })
  void aFileOfBytesIsKnownByItsBeginning(String hexadecimal, String words) {
    byte[] head = HexFormat.of().parseHex(hexadecimal);
    assertThat(ForeignContent.describe(head).orElseThrow()).startsWith(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<!DOCTYPE html><html>      | a web page (HTML), perhaps one that asks to log in; get",
        "`  \n<HTML lang=en>`        | a web page (HTML), perhaps one that asks to log in; get",
        "\uFEFF<html>               | a web page (HTML), perhaps one that asks to log in; get",
        "version https://git-lfs.github.com/spec/v1 | a Git LFS pointer; get the file with git lfs",
        "<?xml version='1.0'?><Err> | an XML document that begins with \"<?xml",
        "label,1x1,1x2              | text, perhaps CSV, that begins with \"label,1x1,1x2\"; give",
        "{\"rows\": 3}               | text, perhaps JSON, that begins with",
        "5 153:3 154:18             | text, perhaps LIBSVM, that begins with \"5 153:3 154:18\"; give",
        "404: Not Found             | text that begins with \"404: Not Found\"; files that are read",
      })
  void textIsShown(String text, String words) {
    assertThat(ForeignContent.describe(text.getBytes(StandardCharsets.UTF_8)).orElseThrow())
        .startsWith(words);
  }

  @Test
  void aTarArchiveIsKnownByItsMark() {
    byte[] head = new byte[ForeignContent.BYTES];
    System.arraycopy("data/images".getBytes(StandardCharsets.US_ASCII), 0, head, 0, 11);
    System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, head, 257, 5);
    assertThat(ForeignContent.describe(head).orElseThrow()).startsWith("a tar archive; unpack it");
  }

  @Test
  void longTextIsShortened() {
    byte[] head = new byte[ForeignContent.BYTES];
    Arrays.fill(head, (byte) 'x');
    assertThat(ForeignContent.describe(head).orElseThrow()).contains("\"" + "x".repeat(40) + "…\"");
  }

  @Test
  void otherBytesAreNotGuessed() {
    assertThat(ForeignContent.describe(new byte[] {1, 2, 3, 4})).isEmpty();
  }
}
