package dev.onehot.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.onehot.Golden;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

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

  @Test
  void otherTypesAndOrdersAreRefused() throws IOException {
    String header = new String(written(new double[2], 2), StandardCharsets.ISO_8859_1);
    for (String other :
        new String[] {
          header.replace("<f8", "<f4"),
          header.replace("<f8", ">f8"),
          header.replace("False", "True ")
        }) {
      assertThatIOException()
          .isThrownBy(() -> read(other.getBytes(StandardCharsets.ISO_8859_1)))
          .withMessageStartingWith("no array of little-endian float64 in C order");
    }
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
