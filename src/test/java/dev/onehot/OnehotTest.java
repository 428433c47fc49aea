package dev.onehot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OnehotTest {

  @Test
  void aLineIsRedrawnOnlyWhereTheTerminalCan() {
    assertThat(Onehot.redrawsLines(Map.of("ONEHOT_TERMINAL", "1", "TERM", "xterm"))).isTrue();
    assertThat(Onehot.redrawsLines(Map.of("ONEHOT_TERMINAL", "1", "TERM", "dumb"))).isFalse();
    assertThat(Onehot.redrawsLines(Map.of("ONEHOT_TERMINAL", "1"))).isFalse();
    assertThat(Onehot.redrawsLines(Map.of("TERM", "xterm"))).isFalse();
  }
}
