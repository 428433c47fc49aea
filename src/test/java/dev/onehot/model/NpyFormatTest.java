package dev.onehot.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.onehot.Golden;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpyFormatTest {

  @Test
  void bytesAreThoseThatNumpyWrites() throws IOException {
    byte[] numpys;
    try (InputStream in = Golden.class.getResourceAsStream("/golden/W1_init.npy")) {
      numpys = in.readAllBytes();
    }
    NpyFormat.Array array = read(numpys);
    assertThat(array.shape()).containsExactly(784, 10);
    assertThat(written(array.values(), 784, 10)).isEqualTo(numpys);
  }

  @Test
  void whatWasWrittenIsRead() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (int trial = 0; trial < 200; trial++) {
      int rows = random.nextInt(1, 50);
      int columns = random.nextInt(1, 50);
      double[] values = random.doubles((long) rows * columns, -1e9, 1e9).toArray();
      NpyFormat.Array matrix = read(written(values, rows, columns));
      assertThat(matrix.shape()).containsExactly(rows, columns);
      assertThat(matrix.values()).isEqualTo(values);
      NpyFormat.Array vector = read(written(values, values.length));
      assertThat(vector.shape()).containsExactly(values.length);
    }
  }

  @Test
  void whatIsWrittenInSeveralPiecesIsRead() throws IOException {
    double[] values = new SplittableRandom(2).doubles(20_001).toArray();
    assertThat(read(written(values, 20_001)).values()).isEqualTo(values);
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] whole = written(new double[] {1, 2}, 2);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatIOException().isThrownBy(() -> read(cut));
    }
  }

  @Test
  void trailingBytesAreRefused() throws IOException {
    byte[] whole = written(new double[] {1, 2}, 2);
    assertThatIOException()
        .isThrownBy(() -> read(Arrays.copyOf(whole, whole.length + 1)))
        .withMessage("bytes follow behind the array");
  }

  /** The values 1 … 6 as 2 × 3, as {@code np.save} and {@code np.lib.format} write them. */
  @ParameterizedTest
  @CsvSource({
    "1, <f8, False",
    "1, >f8, False",
    "1, <f4, False",
    "1, >f4, False",
    "1, <f8, True",
    "1, >f4, True",
    "2, <f8, False",
    "2, >f4, True",
    "3, <f4, False",
    "3, <f8, True"
  })
  void whatNumpyWritesIsRead(int version, String type, String fortran) throws IOException {
    double[] stored =
        fortran.equals("True") ? new double[] {1, 4, 2, 5, 3, 6} : new double[] {1, 2, 3, 4, 5, 6};
    NpyFormat.Array array = read(numpy(version, type, fortran, "(2, 3)", stored));
    assertThat(array.shape()).containsExactly(2, 3);
    assertThat(array.values()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void threeDimensionsInFortranOrderAreRead() throws IOException {
    // Element (i, j, k) of 2 x 2 x 2 is 4i + 2j + k; the first index varies fastest.
    double[] stored = {0, 4, 2, 6, 1, 5, 3, 7};
    assertThat(read(numpy(1, "<f8", "True", "(2, 2, 2)", stored)).values())
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void theKeysOfTheHeaderMayStandInAnyOrder() throws IOException {
    String header = "{'shape': (2L,), 'fortran_order': False, 'descr': '<f8'}\n";
    assertThat(read(file(1, header, "<f8", 7, 8)).values()).containsExactly(7, 8);
  }

  @Test
  void otherTypesAreRefused() {
    for (String type : new String[] {"<i8", "|u1", "<c16", "<U3"}) {
      assertThatIOException()
          .isThrownBy(() -> read(numpy(1, type, "False", "(2,)", 1, 2)))
          .withMessageStartingWith("no array of float64 or float32: of type " + type);
    }
  }

  @Test
  void lengthsThatNoFileHasAreRefused() {
    for (String shape : new String[] {"(2000000000, 2000000000)", "(99999999999,)"}) {
      assertThatIOException()
          .isThrownBy(() -> read(numpy(1, "<f8", "False", shape, 1, 2)))
          .withMessageStartingWith("an array too large to read");
    }
    byte[] long2 = numpy(2, "<f8", "False", "(1,)", 1);
    long2[11] = (byte) 0x80;
    assertThatIOException()
        .isThrownBy(() -> read(long2))
        .withMessageStartingWith("a header of 2147");
    byte[] version4 = numpy(1, "<f8", "False", "(1,)", 1);
    version4[6] = 4;
    assertThatIOException()
        .isThrownBy(() -> read(version4))
        .withMessage("an .npy file of version 4, where 1 to 3 are known");
  }

  private static byte[] numpy(
      int version, String type, String fortran, String shape, double... stored) {
    String header =
        "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }".formatted(type, fortran, shape);
    return file(version, header + " ".repeat(7) + "\n", type, stored);
  }

  private static byte[] file(int version, String header, String type, double... stored) {
    ByteBuffer file = ByteBuffer.allocate(12 + header.length() + 8 * stored.length);
    file.order(ByteOrder.LITTLE_ENDIAN).put((byte) 0x93).put("NUMPY".getBytes(UTF_8));
    file.put((byte) version).put((byte) 0);
    if (version == 1) {
      file.putShort((short) header.length());
    } else {
      file.putInt(header.length());
    }
    file.put(header.getBytes(UTF_8));
    file.order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    for (double value : stored) {
      if (type.endsWith("4")) {
        file.putFloat((float) value);
      } else {
        file.putDouble(value);
      }
    }
    return Arrays.copyOf(file.array(), file.position());
  }

  private static byte[] written(double[] values, int... shape) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    NpyFormat.write(out, values, shape);
    return out.toByteArray();
  }

  private static NpyFormat.Array read(byte[] bytes) throws IOException {
    return NpyFormat.read(new ByteArrayInputStream(bytes));
  }
}
