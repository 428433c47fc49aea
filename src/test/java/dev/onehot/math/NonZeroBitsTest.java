package dev.onehot.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NonZeroBitsTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 63, 64, 65, 71, 128, 784})
  void aBitIsSetForEachColumnThatIsNotZero(int features) {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      int start = random.nextInt(20);
      byte[] values = new byte[start + features + random.nextInt(20)];
      for (int i = 0; i < values.length; i++) {
        // What lies around the row isn't zero.
        boolean inRow = i >= start && i < start + features;
        values[i] = inRow && random.nextBoolean() ? 0 : (byte) (1 + random.nextInt(255));
      }
      for (int w = 0; w < NonZeroBits.words(features); w++) {
        long bits = NonZeroBits.word(values, start, features, w);
        for (int i = 0; i < 64; i++) {
          int j = 64 * w + i;
          assertThat(bits >>> i & 1)
              .as("column %d of %d", j, features)
              .isEqualTo(j < features && values[start + j] != 0 ? 1 : 0);
        }
      }
    }
  }

  @Test
  void everyValueOfAByteButZeroIsSeen() {
    for (int value = 0; value < 256; value++) {
      for (int at = 0; at < 9; at++) {
        byte[] values = new byte[9];
        values[at] = (byte) value;
        assertThat(NonZeroBits.word(values, 0, 9, 0)).isEqualTo(value == 0 ? 0 : 1L << at);
      }
    }
  }
}
