package dev.onehot.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationTest {

  @Test
  void aBinHoldsItsUpperBoundAndNotItsLower() {
    assertThat(Calibration.bin(1)).isEqualTo(14);
    assertThat(Calibration.bin(Math.nextDown(1.0))).isEqualTo(14);
    assertThat(Calibration.bin(0.2)).isEqualTo(2);
    assertThat(Calibration.bin(Math.nextUp(0.2))).isEqualTo(3);
    assertThat(Calibration.bin(0)).isZero();
  }

  @Test
  void theErrorIsTheMeanDistanceOverRows() {
    Calibration calibration =
        new Calibration(
            List.of(
                new Calibration.Bin(0, 0.5, 30, 0.5, 0.4, null),
                new Calibration.Bin(0.5, 1, 70, 0.8, 0.9, null)));
    assertThat(calibration.expectedError()).isEqualTo(0.1, within(1e-15));
  }
}
