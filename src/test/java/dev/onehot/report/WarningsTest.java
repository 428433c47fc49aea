package dev.onehot.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class WarningsTest {

  @Test
  void whatWasShownAlreadyIsRememberedWithoutShowingItAgain() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Warnings warnings = new Warnings(new Console(new PrintStream(bytes, true), false));
    warnings.shown("rows: 5");
    warnings.shown("warning: 1 bad row is left out");
    assertThat(bytes.size()).isZero();
    assertThat(warnings.texts()).containsExactly("1 bad row is left out");
  }
}
