package dev.onehot.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LineBufferTest {

  @Test
  void numbersAreWrittenWithAllTheirDigits() throws IOException {
    LineBuffer buffer = new LineBuffer();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringBuilder expected = new StringBuilder();
    SplittableRandom random = new SplittableRandom(1);
    for (long number : new long[] {0, 9, 10, 99, 100, 1_000_000, Long.MAX_VALUE}) {
      buffer.append(number);
      expected.append(number);
    }
    for (int i = 0; i < 10_000; i++) {
      long number = random.nextLong(Long.MAX_VALUE) >>> random.nextInt(63);
      buffer.append(number);
      expected.append(number);
    }
    buffer.writeTo(out);
    assertThat(out).hasToString(expected.toString());
  }

  @Test
  void whatWasWrittenIsGoneFromTheBuffer() throws IOException {
    LineBuffer buffer = new LineBuffer();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    buffer.append(12);
    buffer.writeTo(out);
    buffer.appendProbability(0.5);
    buffer.writeTo(out);
    assertThat(out).hasToString("120.5");
  }
}
