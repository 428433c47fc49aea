package dev.onehot.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.failure.SettingNames;
import dev.onehot.train.IterationMetrics;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Progress over time. Only the clock is not the real one. */
class ProgressTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private long nanos;

  @Test
  void aLogOfAQuickRunHasAHandfulOfLines() {
    train(Display.log(), 30, 30, 20);
    assertThat(firstWords())
        .containsExactly(
            "iteration 0/30",
            "iteration 6/30",
            "iteration 12/30",
            "iteration 18/30",
            "iteration 24/30",
            "iteration 30/30");
  }

  @Test
  void aLogOfASlowRunHasALineEveryFiveSeconds() {
    train(Display.log(), 1000, 60, 1000);
    assertThat(firstWords())
        .startsWith("iteration 0/1000", "iteration 5/1000", "iteration 10/1000");
    assertThat(firstWords()).hasSize(13);
  }

  @Test
  void aLogOfARunOfManyHoursHasSomeHundredsOfLines() {
    train(Display.log(), 100_000, 100_000, 1000);
    assertThat(firstWords()).hasSizeBetween(300, 700);
  }

  @Test
  void anIterationThatIsTheLastBeforeItsTimeIsShown() {
    train(Display.log(), 1000, 7, 20);
    assertThat(firstWords()).containsExactly("iteration 0/1000", "iteration 7/1000");
  }

  @Test
  void aSingleIterationIsShownOnce() {
    train(Display.log(), 1, 0, 20);
    assertThat(firstWords()).containsExactly("iteration 0/1");
  }

  @Test
  void theTimeLeftFollowsTheLatestIterations() {
    Progress progress = progress(Display.log(), 300);
    measure(progress, 0, 0);
    measure(progress, 1, 3000);
    for (int i = 2; i <= 240; i++) {
      measure(progress, i, 500);
    }
    assertThat(printed().get(0)).isEqualTo("iteration 0/300  loss 1.5000  accuracy 0.2500  7 ms");
    assertThat(printed().get(printed().size() - 1))
        .startsWith("iteration 240/300")
        .endsWith("30 s left");
  }

  @Test
  void aTerminalIsRedrawnTenTimesASecondAtTheMost() {
    train(Display.terminal(80, false), 300, 300, 10);
    long drawn = printed().get(0).split("iteration", -1).length - 1L;
    assertThat(drawn).isEqualTo(31);
    assertThat(printed())
        .singleElement()
        .asString()
        .contains("] ", "300/300")
        .doesNotContain("0 s left");
  }

  @Test
  void aTerminalOfUsualWidthHasRoomForTheValidationAndTheTimeLeft() {
    Progress progress = progress(Display.terminal(80, false), 30);
    for (int i = 0; i <= 12; i++) {
      nanos += TimeUnit.SECONDS.toNanos(1);
      progress.measured(
          new IterationMetrics(
              i, 0.2653, 0, 0.9286, 1, 0.1, 0, 0, new double[0], 0.2812, 0.9233, 7));
    }
    assertThat(printed().get(0))
        .endsWith(
            "iteration 12/30  loss 0.2653  validation 0.2812 / 0.9233  7 ms  18 s left\u001b[?7h");
  }

  @Test
  void rowsThatAreReadInAnInstantAreNotCountedInALog() {
    RowsProgress progress = rows(Display.log(), 60_000);
    nanos += TimeUnit.SECONDS.toNanos(1);
    progress.accept(60_000);
    assertThat(bytes.size()).isZero();
  }

  @Test
  void beforeTheFirstRowThereIsNothingToSay() {
    RowsProgress progress = rows(Display.terminal(80, false), 60_000);
    nanos += TimeUnit.SECONDS.toNanos(9);
    progress.accept(0);
    assertThat(bytes.size()).isZero();
  }

  @Test
  void manyRowsAreCountedInALogEveryFiveSeconds() {
    RowsProgress progress = rows(Display.log(), 1_000_000);
    for (int done = 100_000; done <= 1_000_000; done += 100_000) {
      nanos += TimeUnit.SECONDS.toNanos(2);
      progress.accept(done);
    }
    progress.accept(1_000_000);
    assertThat(printed())
        .containsExactly(
            "read 300,000 of 1,000,000 rows  30 %  50,000 rows/s  14 s left",
            "read 600,000 of 1,000,000 rows  60 %  50,000 rows/s  8 s left",
            "read 900,000 of 1,000,000 rows  90 %  50,000 rows/s  2 s left",
            "read 1,000,000 of 1,000,000 rows  100 %  50,000 rows/s");
  }

  @Test
  void theTimeLeftIsEstimatedFromOneInAHundredRowsOn() {
    RowsProgress progress = rows(Display.log(), 20_000);
    nanos += TimeUnit.SECONDS.toNanos(30);
    progress.accept(1);
    nanos += TimeUnit.SECONDS.toNanos(10);
    progress.accept(199);
    nanos += TimeUnit.SECONDS.toNanos(10);
    progress.accept(200);
    assertThat(printed())
        .containsExactly(
            "read 1 of 20,000 rows  0 %  0 rows/s",
            "read 199 of 20,000 rows  1 %  5 rows/s",
            "read 200 of 20,000 rows  1 %  4 rows/s  1:22:30 left");
  }

  @Test
  void rowsThatWereCountedTwiceAreNoMoreThanAll() {
    RowsProgress progress = rows(Display.terminal(200, false), 10);
    nanos += TimeUnit.SECONDS.toNanos(1);
    progress.accept(12);
    assertThat(printed().get(0)).contains("=] ", " 10 of 10 rows  100 %");
  }

  @Test
  void timesAreWrittenAsClocksDo() {
    assertThat(
            List.of(
                TimeLeft.text(0.2), TimeLeft.text(59.5), TimeLeft.text(125), TimeLeft.text(36_300)))
        .containsExactly("1 s left", "1:00 left", "2:05 left", "10:05:00 left");
  }

  private void train(Display display, int iterations, int last, long millis) {
    try (Progress progress = progress(display, iterations)) {
      for (int i = 0; i <= last; i++) {
        measure(progress, i, millis);
      }
      progress.ended();
    }
  }

  @Test
  void aTrainingThatFailsHasNoLineAfterItsFailure() {
    try (Progress progress = progress(Display.log(), 1000)) {
      measure(progress, 0, 20);
      measure(progress, 1, 20);
      console(Display.log()).line("onehot: ended by a signal");
    }
    assertThat(printed()).hasSize(2).last().isEqualTo("onehot: ended by a signal");
  }

  private void measure(Progress progress, int iteration, long millis) {
    nanos += TimeUnit.MILLISECONDS.toNanos(millis);
    progress.measured(
        new IterationMetrics(
            iteration, 1.5, 0, 0.25, 1, 0.1, 0, 0, new double[] {1}, null, null, 7));
  }

  private Progress progress(Display display, int iterations) {
    return new Progress(console(display), iterations, () -> nanos);
  }

  private RowsProgress rows(Display display, long rows) {
    return new RowsProgress(console(display), "read", rows, () -> nanos);
  }

  private Console console(Display display) {
    return new Console(out, display, SettingNames::plain);
  }

  private List<String> firstWords() {
    return printed().stream().map(line -> line.split("  ")[0]).toList();
  }

  private List<String> printed() {
    String text = bytes.toString(StandardCharsets.UTF_8);
    return text.isEmpty() ? List.of() : List.of(text.split("\n"));
  }
}
