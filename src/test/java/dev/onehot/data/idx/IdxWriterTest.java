package dev.onehot.data.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onehot.data.ImageShape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class IdxWriterTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void imagesStandBehindAHeaderOfFourBigEndianIntegers() throws IOException {
    try (var writer = IdxWriter.images(out, 258, new ImageShape(1, 2))) {
      writer.write(new byte[512], 256);
      writer.write(new byte[] {1, 2, 3, (byte) 255, 99}, 2);
    }
    assertThat(out.toByteArray())
        .hasSize(16 + 258 * 2)
        .startsWith(0, 0, 8, 3, 0, 0, 1, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0)
        .endsWith(0, 1, 2, 3, 255);
  }

  @Test
  void labelsStandBehindAHeaderOfTwo() throws IOException {
    try (var writer = IdxWriter.labels(out, 3)) {
      writer.write(new byte[] {7, 0, 9}, 3);
    }
    assertThat(out.toByteArray()).containsExactly(0, 0, 8, 1, 0, 0, 0, 3, 7, 0, 9);
  }

  @Test
  void rowsThatWereNotAnnouncedAreRefused() throws IOException {
    try (var writer = IdxWriter.labels(out, 1)) {
      assertThatThrownBy(() -> writer.write(new byte[2], 2))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("2 rows where the header leaves room for 1");
      writer.write(new byte[1], 1);
    }
  }

  @Test
  void anUnfinishedFileCannotBeClosedInSilence() throws IOException {
    var writer = IdxWriter.labels(out, 3);
    writer.write(new byte[1], 1);
    assertThatThrownBy(writer::close)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("2 rows the header promises are missing");
  }

  @Test
  void aNegativeNumberOfRowsIsRefused() {
    assertThatThrownBy(() -> IdxWriter.labels(out, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
