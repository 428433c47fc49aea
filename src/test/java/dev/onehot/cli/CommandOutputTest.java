package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onehot.failure.OutputException;
import dev.onehot.report.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandOutputTest {

  @Test
  void aResultThatCannotBePrintedIsAFailureThatSaysWhatIsLeft() {
    assertThatThrownBy(
            () -> onto(failing("No space left on device")).result("é\n", "the model is in m"))
        .isInstanceOf(OutputException.class)
        .hasMessage(
            "standard output: the results could not be written (No space left on device); the model is in m");
  }

  @Test
  void aReaderThatHasSeenEnoughIsNoFailure() {
    assertThatCode(() -> onto(failing("Broken pipe")).result("x", "y")).doesNotThrowAnyException();
  }

  @Test
  void aCommandWhoseResultIsLostDoesNotEndWithZero() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        CommandLineApplication.run(
            new ResultStream(failing("No space left on device"), StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of(),
            "--help");
    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .hasLineCount(1)
        .startsWith("onehot: standard output: the results could not be written (No space left");
  }

  private static CommandOutput onto(OutputStream out) {
    return new CommandOutput(
        new ResultStream(out, StandardCharsets.UTF_8), new Console(System.err, false));
  }

  private static OutputStream failing(String reason) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(reason);
      }
    };
  }
}
