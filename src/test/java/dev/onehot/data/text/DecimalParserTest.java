package dev.onehot.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecimalParserTest {

  @Test
  void numbersOfAllLengthsAndExponentsAreRoundedLikeJavas() {
    Random random = new Random(5);
    for (int i = 0; i < 300_000; i++) {
      StringBuilder text = new StringBuilder(List.of("", "-", "+").get(random.nextInt(3)));
      digits(text, random, random.nextInt(i % 10 == 0 ? 30 : 10));
      if (random.nextBoolean()) {
        text.append('.');
      }
      digits(text, random, 1 + random.nextInt(i % 10 == 1 ? 30 : 8));
      if (random.nextInt(3) == 0) {
        text.append(random.nextBoolean() ? 'e' : 'E')
            .append(List.of("", "-", "+").get(random.nextInt(3)));
        digits(text, random, 1 + random.nextInt(3));
      }
      assertSame(text.toString());
    }
  }

  @Test
  void decimalCommasAreTold() {
    for (String text : List.of("13,78", "-0,5", "+1,0e-3", ",5", "1.234,56", "1,234")) {
      assertThat(hasDecimalComma(text)).as(text).isTrue();
    }
    for (String text : List.of("13.78", "1,", ",", "1,2,3", "a,5", "1,5 m", "", "1,5e")) {
      assertThat(hasDecimalComma(text)).as(text).isFalse();
    }
  }

  private static boolean hasDecimalComma(String text) {
    byte[] bytes = ("x" + text + "1").getBytes(StandardCharsets.UTF_8);
    return DecimalParser.hasDecimalComma(bytes, 1, bytes.length - 1);
  }

  @Test
  void shortestTextsOfNumbersGiveTheNumbers() {
    Random random = new Random(6);
    for (int i = 0; i < 100_000; i++) {
      double number = Double.longBitsToDouble(random.nextLong());
      if (!Double.isNaN(number) && !Double.isInfinite(number)) {
        assertSame(Double.toString(number));
      }
      float single = Float.intBitsToFloat(random.nextInt());
      if (!Float.isNaN(single) && !Float.isInfinite(single)) {
        assertThat((float) parse(Float.toString(single))).isEqualTo(single);
      }
      assertSame(String.format(Locale.ROOT, "%.6f", random.nextGaussian()));
    }
  }

  @Test
  void limitsOfTheFastPathAreExact() {
    for (String text :
        List.of(
            "9007199254740992",
            "9007199254740993",
            "9007199254740995",
            "9007199254740993e22",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551616",
            "1e22",
            "1e23",
            "1e-22",
            "1e-23",
            "0e999",
            "-0",
            "-0.0e5",
            "000000000000000000000000000001.5",
            "1e309",
            "-1e309",
            "1e-400",
            "4.9e-324",
            "1e99999999999",
            "0.000000000000000000000000000001",
            "8.5e22",
            "123456789012345678e-5",
            "5.",
            ".5")) {
      assertSame(text);
    }
  }

  @Test
  void otherTextsAreNoNumbers() {
    for (String text :
        List.of(
            "",
            "-",
            "+",
            ".",
            "e5",
            "1e",
            "1e+",
            "1e5.5",
            "1.2.3",
            "--1",
            "+-1",
            "1-",
            "1f",
            "1d",
            "0x10",
            "NaN",
            "nan",
            "inf",
            "Infinity",
            "-inf",
            "1 ",
            " 1",
            "1,5",
            "1_000",
            "٣",
            "a")) {
      assertThat(parse(text)).as(text).isNaN();
    }
  }

  @Test
  void onlyTheGivenBytesAreRead() {
    byte[] bytes = "99,1.5e3,88".getBytes(StandardCharsets.US_ASCII);
    assertThat(DecimalParser.parse(bytes, 3, 8)).isEqualTo(1500);
    assertThat(DecimalParser.parse(bytes, 3, 6)).isEqualTo(1.5);
  }

  private static void digits(StringBuilder text, Random random, int count) {
    for (int i = 0; i < count; i++) {
      text.append((char) ('0' + random.nextInt(10)));
    }
  }

  private static void assertSame(String text) {
    assertThat(parse(text)).as(text).isEqualTo(Double.parseDouble(text));
  }

  private static double parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return DecimalParser.parse(bytes, 0, bytes.length);
  }
}
