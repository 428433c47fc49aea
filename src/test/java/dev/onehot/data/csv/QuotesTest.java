package dev.onehot.data.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuotesTest {

  @Test
  void quotesAreCountedInAnyBytes() {
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = new byte[random.nextInt(50)];
      random.nextBytes(bytes);
      for (int k = 0; k < bytes.length; k++) {
        // Bytes that differ from a quote by their lowest or their highest bit.
        bytes[k] =
            random.nextBoolean() ? bytes[k] : (byte) (Quotes.QUOTE ^ random.nextInt(3) % 2 * 0x81);
      }
      int from = random.nextInt(bytes.length + 1);
      int count = 0;
      for (int k = from; k < bytes.length; k++) {
        count += bytes[k] == Quotes.QUOTE ? 1 : 0;
      }
      assertThat(Quotes.count(bytes, from, bytes.length)).isEqualTo(count);
    }
  }

  @Test
  void aFaultSaysItsColumn() {
    assertThat(fault("")).isNull();
    assertThat(fault("a,\"\",\"b\"\"\",\"c,\nd\"")).isNull();
    assertThat(fault("a,\"b").column()).isEqualTo(1);
    assertThat(fault("a,\"b\"\"").found()).isEqualTo("a quote that isn't closed");
    assertThat(fault("\"a\"b,c").found()).isEqualTo("text behind a closing quote");
    assertThat(fault("a,\"b\nc,\"d\"").found()).isEqualTo("a quote that isn't closed on its line");
    assertThat(fault("a,b,5\" pipe").column()).isEqualTo(2);
  }

  private static Quotes.Fault fault(String record) {
    byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
    return Quotes.fault(bytes, 0, bytes.length, (byte) ',');
  }
}
