package dev.onehot.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressLineTest {

  private static ProgressLine line(double share) {
    return new ProgressLine(share)
        .field(1, "iteration %d/%d", 12, 30)
        .field(6, "loss %.2f", 0.25)
        .field(2, "%s", "9 s left");
  }

  @Test
  void aLogHasAllFieldsAndNoBar() {
    assertThat(line(0.4).plain()).isEqualTo("iteration 12/30  loss 0.25  9 s left");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          51, '[====>     ]  iteration 12/30  loss 0.25  9 s left'
          120, '[============>                 ]  iteration 12/30  loss 0.25  9 s left'
          50, '[====>     ]  iteration 12/30  9 s left'
          40, '[====>     ]  iteration 12/30  9 s left'
          39, 'iteration 12/30  loss 0.25  9 s left'
          37, 'iteration 12/30  loss 0.25  9 s left'
          36, 'iteration 12/30  9 s left'
          25, 'iteration 12/30'
          15, 'iteration 12/3'
          2, 'i'
          """)
  void aTerminalGetsWhatHasRoom(int columns, String shown) {
    assertThat(line(0.4).fitted(columns, false)).isEqualTo(shown);
  }

  @Test
  void noLineIsAsWideAsTheTerminal() {
    for (int columns = 1; columns < 200; columns++) {
      for (double share : new double[] {0, 0.5, 1, 1.1}) {
        assertThat(line(share).fitted(columns, false)).hasSizeLessThan(columns);
      }
    }
  }

  @Test
  void theBarIsEmptyAtFirstAndFullAtLast() {
    assertThat(line(0).fitted(200, false)).startsWith("[>" + " ".repeat(29) + "]  iteration");
    assertThat(line(1).fitted(200, false)).startsWith("[" + "=".repeat(30) + "]  iteration");
  }

  @Test
  void coloursChangeNothingElse() {
    String coloured = line(0.5).fitted(80, true);
    assertThat(coloured).startsWith("[\u001b[32m====");
    assertThat(coloured.replaceAll("\u001b\\[\\d+m", "")).isEqualTo(line(0.5).fitted(80, false));
  }
}
