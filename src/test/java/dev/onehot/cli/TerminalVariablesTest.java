package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.report.Display;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalVariablesTest {

  @Test
  void aLineIsRedrawnOnlyWhereTheTerminalCan() {
    assertThat(TerminalVariables.display(Map.of("ONEHOT_TERMINAL", "1", "TERM", "xterm")))
        .isEqualTo(Display.terminal(80, true));
    assertThat(TerminalVariables.display(Map.of("ONEHOT_TERMINAL", "1", "TERM", "dumb")))
        .isEqualTo(Display.log());
    assertThat(TerminalVariables.display(Map.of("ONEHOT_TERMINAL", "1"))).isEqualTo(Display.log());
    assertThat(TerminalVariables.display(Map.of("TERM", "xterm"))).isEqualTo(Display.log());
  }

  @ParameterizedTest
  @CsvSource({"40, 40", "'', 80", "0, 80", "wide, 80", "99999, 80"})
  void theWidthIsTheTerminalsIfItIsKnown(String said, int columns) {
    assertThat(
            TerminalVariables.display(
                    Map.of("ONEHOT_TERMINAL", "1", "TERM", "xterm", "ONEHOT_COLUMNS", said))
                .columns())
        .isEqualTo(columns);
  }

  @ParameterizedTest
  @CsvSource({"1, false", "no, false", "'', true"})
  void anyValueOfNoColorTurnsColoursOff(String value, boolean colours) {
    assertThat(
            TerminalVariables.display(
                    Map.of("ONEHOT_TERMINAL", "1", "TERM", "xterm", "NO_COLOR", value))
                .colours())
        .isEqualTo(colours);
  }
}
