package dev.onehot.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.failure.SettingNames;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleTest {

  private static final String REDRAW = "\r\u001b[K\u001b[?7l";
  private static final String DRAWN = "\u001b[?7h";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void onATerminalAStayingLineGoesAboveTheLiveOne() {
    Console console = console(Display.terminal(7, false));
    console.live(line("1 of 3"));
    console.line("warning: w");
    console.live(line("2 of 3"));
    console.settle();
    assertThat(printed())
        .isEqualTo(
            REDRAW
                + "1 of 3"
                + DRAWN
                + "\r\u001b[Kwarning: w\n"
                + REDRAW
                + "2 of 3"
                + DRAWN
                + "\n");
  }

  @Test
  void aLineThatIsErasedLeavesNothing() {
    Console console = console(Display.terminal(7, false));
    console.live(line("1 of 3"));
    console.erase();
    console.erase();
    console.settle();
    assertThat(printed()).isEqualTo(REDRAW + "1 of 3" + DRAWN + "\r\u001b[K");
  }

  @Test
  void withoutATerminalThereAreOnlyPlainLines() {
    Console console = console(Display.log());
    console.live(line("1 of 3"));
    console.line("warning: w");
    console.settle();
    console.erase();
    assertThat(printed()).isEqualTo("1 of 3\nwarning: w\n");
  }

  @Test
  void aQuietConsoleShowsWarningsAndFailuresAlone() {
    for (Display display : new Display[] {Display.terminal(80, false), Display.log()}) {
      bytes.reset();
      Console console = console(display.quiet());
      console.line("training rows: 5");
      console.live(line("1 of 3"));
      new Warnings(console).add("one class");
      console.settle();
      console.line("onehot: ended by a signal");
      assertThat(printed()).isEqualTo("warning: one class\nonehot: ended by a signal\n");
    }
  }

  @Test
  void theWordWarningIsColouredWhereColoursAreWanted() {
    console(Display.terminal(80, true)).line("warning: w");
    assertThat(printed()).isEqualTo("\u001b[33mwarning: \u001b[0mw\n");
  }

  private Console console(Display display) {
    return new Console(out, display, SettingNames::plain);
  }

  private static ProgressLine line(String text) {
    return new ProgressLine(0.5).field(1, "%s", text);
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
