package dev.onehot.data.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratedDigitsTest {

  private static final int SIDE = GeneratedDigits.SIDE;
  private static final int PIXELS = SIDE * SIDE;
  private static final long SEED = 1024;

  @Test
  void firstThousandRowsAreTheSameBytesOnEveryMachine() throws Exception {
    GeneratedDigits digits = new GeneratedDigits(SEED);
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    byte[] pixels = new byte[PIXELS];
    for (int row = 0; row < 1_000; row++) {
      sha256.update((byte) digits.render(row, pixels, 0));
      sha256.update(pixels);
    }
    assertThat(HexFormat.of().formatHex(sha256.digest()))
        .isEqualTo("537f49c4d6ad505e29f09b12056dea904db85b1dd5fb90d5ad1fe06cc8198f7c");
  }

  @Test
  void rowsDoNotDependOnTheOrderOrTheInstanceThatRendersThem() {
    int rows = 300;
    Rows forwards = Rows.render(SEED, rows);
    GeneratedDigits digits = new GeneratedDigits(SEED);
    for (int row = rows - 1; row >= 0; row--) {
      byte[] pixels = new byte[PIXELS];
      assertThat(digits.render(row, pixels, 0)).isEqualTo(forwards.labels[row]);
      assertThat(pixels).isEqualTo(forwards.picture(row));
      byte[] again = new byte[PIXELS];
      digits.render(row, again, 0);
      assertThat(again).isEqualTo(pixels);
    }
  }

  @Test
  void rowsAllDiffer() {
    Rows rows = Rows.render(SEED, 5_000);
    Set<String> pictures = new HashSet<>();
    for (int row = 0; row < rows.count(); row++) {
      pictures.add(HexFormat.of().formatHex(rows.picture(row)));
    }
    assertThat(pictures).hasSize(rows.count());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 1025, -1024, SEED + (1L << 32), SEED ^ Long.MIN_VALUE})
  void anotherSeedGivesOtherRows(long otherSeed) {
    Rows rows = Rows.render(SEED, 200);
    Rows others = Rows.render(otherSeed, 200);
    for (int row = 0; row < rows.count(); row++) {
      assertThat(others.picture(row)).isNotEqualTo(rows.picture(row));
    }
    assertThat(others.labels).isNotEqualTo(rows.labels);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, 8_100_000, 1L << 40, Long.MAX_VALUE})
  void anyRowNumberHasItsDigit(long row) {
    byte[] pixels = new byte[PIXELS];
    assertThat(new GeneratedDigits(SEED).render(row, pixels, 0)).isBetween(0, 9);
    assertThat(pixels).contains((byte) 255);
  }

  @Test
  void labelsAreNearUniform() {
    int rows = 20_000;
    int[] counts = new int[10];
    for (int label : Rows.render(SEED, rows).labels) {
      counts[label]++;
    }
    double standardDeviation = Math.sqrt(rows * 0.1 * 0.9);
    for (int count : counts) {
      assertThat((double) count).isCloseTo(rows / 10.0, within(4 * standardDeviation));
    }
  }

  @Test
  void inkIsAboutAsMuchAsInMnist() {
    Rows rows = Rows.render(SEED, 5_000);
    long nonZeros = 0;
    long ink = 0;
    for (byte pixel : rows.pixels) {
      nonZeros += pixel == 0 ? 0 : 1;
      ink += pixel & 0xFF;
    }
    // MNIST's training images: 0.1912 and 0.1307.
    assertThat((double) nonZeros / rows.pixels.length).isBetween(0.17, 0.21);
    assertThat(ink / 255.0 / rows.pixels.length).isBetween(0.12, 0.14);
  }

  @Test
  void inkSpansTwentyPixelsAndItsCentreOfMassIsTheMiddleOfThePicture() {
    Rows rows = Rows.render(SEED, 5_000);
    double middle = (SIDE - 1) / 2.0;
    for (int row = 0; row < rows.count(); row++) {
      Ink ink = Ink.of(rows.picture(row));
      assertThat(Math.max(ink.width, ink.height)).as("row %d", row).isEqualTo(20);
      assertThat(ink.centreX).as("row %d", row).isCloseTo(middle, within(0.5));
      assertThat(ink.centreY).as("row %d", row).isCloseTo(middle, within(0.5));
    }
  }

  @Test
  void everyByteOfThePictureIsOverwrittenAndNoOther() {
    Rows clean = Rows.render(SEED, 100);
    GeneratedDigits digits = new GeneratedDigits(SEED);
    int offset = 13;
    for (int row = 0; row < clean.count(); row++) {
      byte[] dirty = new byte[offset + PIXELS + 7];
      Arrays.fill(dirty, (byte) 0xA5);
      digits.render(row, dirty, offset);
      assertThat(Arrays.copyOfRange(dirty, offset, offset + PIXELS)).isEqualTo(clean.picture(row));
      assertThat(Arrays.copyOf(dirty, offset)).containsOnly(0xA5);
      assertThat(Arrays.copyOfRange(dirty, offset + PIXELS, dirty.length)).containsOnly(0xA5);
    }
  }

  @Test
  void bufferWithoutRoomIsRefusedUntouched() {
    byte[] pixels = new byte[PIXELS];
    GeneratedDigits digits = new GeneratedDigits(SEED);
    assertThatThrownBy(() -> digits.render(0, pixels, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(pixels).containsOnly(0);
  }

  /** The first rows of a seed: labels, and pictures one after another. */
  private record Rows(int[] labels, byte[] pixels) {

    static Rows render(long seed, int count) {
      GeneratedDigits digits = new GeneratedDigits(seed);
      int[] labels = new int[count];
      byte[] pixels = new byte[count * PIXELS];
      for (int row = 0; row < count; row++) {
        labels[row] = digits.render(row, pixels, row * PIXELS);
      }
      return new Rows(labels, pixels);
    }

    int count() {
      return labels.length;
    }

    byte[] picture(int row) {
      return Arrays.copyOfRange(pixels, row * PIXELS, (row + 1) * PIXELS);
    }
  }

  /** Where a picture's ink lies, in pixels. */
  private record Ink(int width, int height, double centreX, double centreY) {

    static Ink of(byte[] picture) {
      int left = SIDE;
      int right = -1;
      int top = SIDE;
      int bottom = -1;
      double mass = 0;
      double momentX = 0;
      double momentY = 0;
      for (int at = 0; at < picture.length; at++) {
        int ink = picture[at] & 0xFF;
        if (ink > 0) {
          left = Math.min(left, at % SIDE);
          right = Math.max(right, at % SIDE);
          top = Math.min(top, at / SIDE);
          bottom = Math.max(bottom, at / SIDE);
        }
        mass += ink;
        momentX += ink * (at % SIDE);
        momentY += ink * (at / SIDE);
      }
      return new Ink(right - left + 1, bottom - top + 1, momentX / mass, momentY / mass);
    }
  }
}
