package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class StoppingNoiseTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private final PrintStream noise =
      StoppingNoise.of(new PrintStream(bytes, true, StandardCharsets.UTF_8));

  @Test
  void anAnswerThatNobodyWaitsForIsHiddenAndNothingElse() {
    new RejectedExecutionException("pool").printStackTrace(noise);
    noise.println("a line");
    new IllegalStateException("odd", new RejectedExecutionException("cause"))
        .printStackTrace(noise);
    new RejectedExecutionException("pool").printStackTrace(noise);

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .startsWith("a line")
        .contains("IllegalStateException: odd", "\tat ", "Caused by: ")
        .doesNotContain("pool");
  }
}
