package dev.onehot.data.digits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.math.SplitMix64;
import org.junit.jupiter.api.Test;

class RasterizerTest {

  private static final int SIDE = GeneratedDigits.SIDE;

  private final byte[] pixels = new byte[SIDE * SIDE];

  @Test
  void levelLineFillsTheBoxesWidthInTheMiddleRows() {
    Trace trace = new Trace(2);
    trace.moveTo(-500, 3, 1);
    trace.lineTo(700, 3, 1);
    ink(trace);
    int middle = SIDE / 2;
    for (int column = 0; column < SIDE; column++) {
      boolean inBox = column >= 4 && column < 24;
      assertThat(at(middle, column) > 0).as("column %d", column).isEqualTo(inBox);
      assertThat(at(middle - 1, column)).isEqualTo(at(middle, column));
      assertThat(at(middle - 4, column)).isZero();
      assertThat(at(middle + 3, column)).isZero();
    }
    assertThat(at(middle, middle)).isEqualTo(255);
  }

  @Test
  void nothingIsDrawnWhereThePenIsUp() {
    Trace trace = new Trace(4);
    trace.moveTo(0, 0, 1);
    trace.lineTo(0, 100, 1);
    trace.moveTo(100, 0, 1);
    trace.lineTo(100, 100, 1);
    ink(trace);
    for (int row = 0; row < SIDE; row++) {
      assertThat(at(row, SIDE / 2)).isZero();
      assertThat(at(row, 4) > 0).isEqualTo(row >= 4 && row < 24);
      assertThat(at(row, 23)).isEqualTo(at(row, 4));
    }
  }

  @Test
  void boxStaysInThePictureHoweverBottomHeavyTheInkIs() {
    Trace trace = new Trace(11);
    trace.moveTo(0, 0, 0.2);
    trace.lineTo(0, 84, 0.2);
    for (int y = 100; y >= 84; y -= 2) {
      trace.lineTo(y % 4 == 0 ? 45 : -45, y, 1);
    }
    ink(trace);
    int mass = 0;
    int moment = 0;
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        mass += at(row, column);
        moment += at(row, column) * row;
      }
    }
    assertThat(at(0, SIDE / 2) + at(0, SIDE / 2 - 1)).isPositive();
    assertThat((double) moment / mass).isGreaterThan(SIDE / 2.0 + 1);
  }

  private void ink(Trace trace) {
    SplitMix64 random = new SplitMix64();
    random.start(9, 0);
    new Rasterizer().ink(trace, random, pixels, 0);
  }

  private int at(int row, int column) {
    return pixels[row * SIDE + column] & 0xFF;
  }
}
