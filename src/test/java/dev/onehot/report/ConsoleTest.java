package dev.onehot.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.train.IterationMetrics;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void onATerminalAStayingLineGoesAboveTheLiveOne() {
    Console console = new Console(out, true);
    console.live("1 of 3");
    console.line("warning");
    console.live("2 of 3");
    console.settle();
    assertThat(printed()).isEqualTo("\r\u001b[K1 of 3\r\u001b[Kwarning\n\r\u001b[K2 of 3\n");
  }

  @Test
  void withoutATerminalThereAreOnlyPlainLines() {
    Console console = new Console(out, false);
    console.live("1 of 3");
    console.line("warning");
    console.settle();
    assertThat(printed()).isEqualTo("1 of 3\nwarning\n");
  }

  @Test
  void withoutATerminalProgressIsTheFirstAndTheLastIterationOfAQuickRun() {
    Progress progress = new Progress(new Console(out, false), 50);
    for (int i = 0; i <= 50; i++) {
      progress.measured(metrics(i, 1, 1));
    }
    assertThat(printed().lines().toList())
        .containsExactly(
            "iteration 0/50  loss 1.5000  accuracy 0.2500  7 ms",
            "iteration 50/50  loss 1.5000  accuracy 0.2500  7 ms");
  }

  private static IterationMetrics metrics(int iteration, double... activeShares) {
    return new IterationMetrics(iteration, 1.5, 0, 0.25, 1, 0.1, 0, 0, activeShares, null, null, 7);
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
