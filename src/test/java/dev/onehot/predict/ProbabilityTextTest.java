package dev.onehot.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbabilityTextTest {

  private static final double UNIT = 1e-12;

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "1, 1",
    "0.5, 0.5",
    "0.1, 0.1",
    "1e-12, 0.000000000001",
    "0.100000000001, 0.100000000001",
    "4.9e-13, 0",
    "5.1e-13, 0.000000000001",
    "0.9999999999994, 0.999999999999",
    "0.9999999999996, 1",
    "4.9e-324, 0"
  })
  void zerosAtTheEndAreDropped(double probability, String text) {
    assertThat(text(probability)).isEqualTo(text);
  }

  @Test
  void everyNumberIsRoundedAsExactDecimalsAre() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 200_000; i++) {
      assertRounded(random.nextDouble());
      // Any magnitude.
      assertRounded(random.nextDouble() * Math.pow(2, -random.nextInt(60)));
      // Doubles beside the middle between two numbers of 12 decimals.
      double middle = (random.nextInt(1 << random.nextInt(1, 31)) + 0.5) * UNIT;
      assertRounded(middle);
      assertRounded(Math.nextUp(middle));
      assertRounded(Math.nextDown(middle));
    }
  }

  /** A double can be right in the middle: an odd multiple of a power of two. */
  @Test
  void aMiddleIsRoundedToTheEvenNeighbour() {
    for (int odd = 1; odd < 1 << 13; odd += 2) {
      // 10^12 = 2^12 · 5^12, so this times 10^12 ends with one half.
      double middle = odd * Math.pow(2, -13);
      assertThat(new BigDecimal(middle).movePointRight(12).remainder(BigDecimal.ONE))
          .isEqualByComparingTo("0.5");
      assertRounded(middle);
    }
  }

  private static void assertRounded(double probability) {
    BigDecimal expected =
        new BigDecimal(probability).setScale(12, RoundingMode.HALF_EVEN).stripTrailingZeros();
    String text = text(probability);
    if (!text.equals(expected.toPlainString())) {
      assertThat(text).as("%s", new BigDecimal(probability)).isEqualTo(expected.toPlainString());
    }
  }

  private static String text(double probability) {
    byte[] bytes = new byte[ProbabilityText.MOST_BYTES + 1];
    int end = ProbabilityText.write(probability, bytes, 1);
    return new String(bytes, 1, end - 1, StandardCharsets.US_ASCII);
  }
}
