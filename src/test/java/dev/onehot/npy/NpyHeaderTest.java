package dev.onehot.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyHeaderTest {

  private static final String USUAL = "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }";

  @ParameterizedTest
  @ValueSource(
      strings = {
        USUAL,
        "{'shape':(3,4),'descr':'<f8','fortran_order':False}",
        "{ \"fortran_order\" : False , 'shape' : ( 3L , 4L, ) , u'descr' : '<f8' , }\n",
        "\t{'descr': '<f8',\n 'fortran_order': False,\n 'shape': [3, 4]}  "
      })
  void aDictIsReadHoweverItIsWritten(String text) throws IOException {
    NpyHeader header = read(1, text);
    assertThat(header.type().text()).isEqualTo("<f8");
    assertThat(header.fortran()).isFalse();
    assertThat(header.shape()).containsExactly(3, 4);
    assertThat(header.items()).isEqualTo(12);
    assertThat(header.shapeText()).isEqualTo("(3, 4)");
  }

  @Test
  void theFirstItemComesBehindTheHeaderOfEachVersion() throws IOException {
    assertThat(read(1, USUAL).bytes()).isEqualTo(10 + USUAL.length());
    assertThat(read(2, USUAL).bytes()).isEqualTo(12 + USUAL.length());
    assertThat(read(3, USUAL).bytes()).isEqualTo(12 + USUAL.length());
  }

  @ParameterizedTest
  @CsvSource({
    "|b1, b, 1, false",
    "|u1, u, 1, false",
    "<i2, i, 2, false",
    ">u8, u, 8, true",
    "<f2, f, 2, false",
    ">f4, f, 4, true",
    "<U10, U, 40, false",
    "|S7, S, 7, false",
    "|O, O, 0, false",
    "<c16, c, 16, false"
  })
  void typesSayKindLengthAndOrder(String text, char kind, int bytes, boolean bigEndian)
      throws IOException {
    NpyType type = read(1, USUAL.replace("<f8", text)).type();
    assertThat(type).isEqualTo(new NpyType(kind, bytes, bigEndian, text));
  }

  @Test
  void severalFieldsAreNoNumber() throws IOException {
    NpyType type = read(1, USUAL.replace("'<f8'", "[('a', '<f8'), ('b', '<i4', (2, 3))]")).type();
    assertThat(type.isNumber()).isFalse();
    assertThat(type.text()).isEqualTo("[[a, <f8], [b, <i4, [2, 3]]]");
  }

  @Test
  void aHeaderOfAnotherFormIsRefusedWithItsByte() {
    refused(
        USUAL.replace("False", "no"),
        "the header behind byte 10 is no dict of Python: at character 34: found \"n\", expected a value");
    refused(
        USUAL.substring(0, 30),
        "the header behind byte 10 is no dict of Python: at character 17: found \"'\", expected a string that ends");
    refused(
        USUAL.substring(0, 50),
        "the header behind byte 10 is no dict of Python: at character 50: found the end, expected a value");
    refused(
        USUAL + "x",
        "the header behind byte 10 is no dict of Python: at character 59: found \"x\", expected the end");
    refused(
        "{'descr': '<f8'}",
        "the header behind byte 10: found {'descr': '<f8'}, expected a dict with the keys descr, fortran_order and shape");
    refused(
        USUAL.replace("(3", "(-3"),
        "the header behind byte 10: found {'descr': '<f8', 'fortran_order': False, 'shape': (-3, 4), }, expected a bool as fortran_order and a tuple of whole numbers as shape");
    refused(USUAL.replace("<f8", "<q8"), "no type of NumPy's: \"<q8\"");
    refused(
        "(".repeat(1000),
        "the header behind byte 10 is no dict of Python: at character 32: found \"(\", expected fewer brackets within brackets");
    refused(
        USUAL.replace("4", "9".repeat(20)),
        "the header behind byte 10 is no dict of Python: at character 54: found \"9\", expected a whole number of 64 bits");
  }

  private static void refused(String text, String message) {
    assertThatIOException().isThrownBy(() -> read(1, text)).withMessage(message);
  }

  @Test
  void everyTruncationIsRefusedWithItsByte() {
    byte[] whole = bytes(2, USUAL);
    for (int length = 8; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatIOException()
          .isThrownBy(() -> NpyHeader.read(new ByteArrayInputStream(cut)))
          .withMessageStartingWith("ends early: header cut short at byte " + length + ":");
    }
  }

  @Test
  void otherBytesAreNoHeader() {
    assertThatIOException()
        .isThrownBy(
            () ->
                NpyHeader.read(
                    new ByteArrayInputStream("1,2,3,4".getBytes(StandardCharsets.US_ASCII))))
        .withMessage("no .npy file: at byte 0: found 0x312c322c332c, expected 0x934e554d5059");
  }

  private static NpyHeader read(int version, String text) throws IOException {
    return NpyHeader.read(new ByteArrayInputStream(bytes(version, text)));
  }

  private static byte[] bytes(int version, String text) {
    ByteBuffer file = ByteBuffer.allocate(12 + text.length()).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    file.put((byte) version).put((byte) 0);
    if (version == 1) {
      file.putShort((short) text.length());
    } else {
      file.putInt(text.length());
    }
    file.put(text.getBytes(StandardCharsets.ISO_8859_1));
    return Arrays.copyOf(file.array(), file.position());
  }
}
