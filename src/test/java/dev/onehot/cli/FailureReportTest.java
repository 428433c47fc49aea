package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.failure.EndedBySignalException;
import dev.onehot.failure.InputException;
import dev.onehot.failure.SettingNames;
import dev.onehot.report.Display;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureReportTest {

  private static final OptionNames NAMES =
      new OptionNames(CommandLineApplication.commandLine(System.out, System.err, Display.log()));

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void aTasksFailureIsFoundAmongTheCauses() {
    SparkException spark = new SparkException("Job aborted", new InputException("a: no rows"));

    assertThat(report(new RuntimeException(spark))).isEqualTo(3);
    assertThat(line()).isEqualTo("onehot: a: no rows");
  }

  @ParameterizedTest
  @CsvSource({
    "InputException, 3",
    "InvalidSettingsException, 2",
    "OutputException, 1",
    "TrainingException, 1"
  })
  void aTasksFailureThatCameAsTextAloneIsFoundInIt(String name, int exitCode) {
    String text =
        """
        Job aborted due to stage failure: Task 0 in stage 1.0 failed 4 times, most recent failure: \
        Lost task 0.3 in stage 1.0 (TID 4) (10.0.0.7 executor 1): dev.onehot.failure.%s: a: no rows
        \tat dev.onehot.data.IdxFile.open(IdxFile.java:7)
        Caused by: java.io.IOException: why
        """;

    assertThat(report(new SparkException(text.formatted(name)))).isEqualTo(exitCode);
    assertThat(line()).isEqualTo("onehot: a: no rows");
  }

  @Test
  void aFullDiskOfSparksOwnIsSaidToBeThat() {
    IOException full = new IOException("No space left on device");

    assertThat(report(new SparkException("Job aborted", full))).isEqualTo(1);
    assertThat(line())
        .startsWith(
            "onehot: Spark's temporary files: No space left on device (the driver's are in ")
        .contains("; set spark.local.dir, or SPARK_LOCAL_DIRS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Cannot call methods on a stopped SparkContext.",
        "Job 5 cancelled because SparkContext was shut down"
      })
  void aSparkThatWasStoppedIsSaidToBeThat(String message) {
    assertThat(report(new IllegalStateException(message))).isEqualTo(1);
    assertThat(line()).startsWith("onehot: Spark stopped before the end (its master is ");
  }

  @ParameterizedTest
  @CsvSource({
    "driver, --driver-memory",
    "7, --executor-memory",
  })
  void aTaskOutOfMemorySaysSoAndWhatToRaise(String executor, String option) {
    SparkException spark =
        new SparkException(
            "Job aborted: Lost task 1.0 in stage 2.0 (TID 4) (vm executor %s): java.lang.OutOfMemoryError: Java heap space"
                .formatted(executor),
            new OutOfMemoryError("Java heap space"));

    assertThat(report(spark)).isEqualTo(1);
    assertThat(line())
        .startsWith("onehot: out of memory in ")
        .contains(" (Java heap space); ")
        .endsWith("give it more with " + option)
        .hasLineCount(1);
  }

  /** What Spark says if a task's result does not fit beside the others. */
  @Test
  void aResultThatIsLostIsSaidToLackMemory() {
    String text =
        "Lost task 0.0 in stage 2.0 (TID 3) (vm executor driver): TaskResultLost (result lost from block manager)\nDriver stacktrace:";
    assertThat(report(new SparkException(text))).isEqualTo(1);
    assertThat(line())
        .startsWith("onehot: out of memory in the driver")
        .contains("(TaskResultLost (result lost from block manager)); ");
  }

  @Test
  void aThreadOfSparksOutOfMemoryStopsSparkAndIsTheReason() throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    new LackOfMemory(stopped::countDown)
        .uncaughtException(Thread.currentThread(), new OutOfMemoryError("Java heap space"));
    assertThat(stopped.await(1, TimeUnit.MINUTES)).isTrue();

    assertThat(report(new SparkException("Job 5 cancelled because SparkContext was shut down")))
        .isEqualTo(1);
    assertThat(line()).hasLineCount(1).startsWith("onehot: out of memory in the driver");
  }

  @Test
  void theDriverOutOfMemorySaysSo() {
    assertThat(report(new OutOfMemoryError("Java heap space"))).isEqualTo(1);
    assertThat(line()).startsWith("onehot: out of memory in the driver, which has ");
  }

  @Test
  void executorsThatDieOneAfterTheOtherAreSaidToLackMemory() {
    String text =
        "Job aborted: Lost task 0.3 in stage 2.0 (TID 9) (10.0.0.7 executor 3): ExecutorLostFailure (executor 3 exited caused by one of the running tasks) Reason: Command exited with code 52";
    assertThat(report(new SparkException(text))).isEqualTo(1);
    assertThat(line())
        .startsWith(
            "onehot: a task has lost one executor after the other (the last: Command exited")
        .endsWith("--executor-memory");
  }

  @Test
  void aSettingIsSaidToBeItsOption() {
    assertThat(
            report(
                new InputException(SettingNames.format("a: label 12; give ⟨classes⟩ 13 or more"))))
        .isEqualTo(3);
    assertThat(line()).isEqualTo("onehot: a: label 12; give --classes 13 or more");
  }

  @Test
  void whatASignalEndedIsNoNews() {
    assertThat(report(new EndedBySignalException(new IllegalStateException("odd")))).isEqualTo(1);
    assertThat(line()).isEmpty();
  }

  @Test
  void anythingElseIsUnexpected() {
    assertThat(report(new IllegalStateException("odd"))).isEqualTo(1);
    assertThat(line())
        .isEqualTo(
            "onehot: unexpected failure: IllegalStateException: odd (--stacktrace shows where)");
  }

  @Test
  void aPasswordInAUriIsShownNeitherInTheLineNorInTheStackTrace() {
    PrintStream out = new PrintStream(err, true, StandardCharsets.UTF_8);
    new FailureReport(out, true, NAMES)
        .report(new InputException("s3a://AKIA:hunter2@bucket/x: no such folder"));
    new FailureReport(out, false, NAMES)
        .reportUsage("s3a://AKIA:hunter2@bucket is no number", "train");

    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("\tat ", "@bucket/x: no such folder", "@bucket is no number")
        .doesNotContain("hunter2");
  }

  private int report(Throwable failure) {
    return new FailureReport(new PrintStream(err, true, StandardCharsets.UTF_8), false, NAMES)
        .report(failure);
  }

  private String line() {
    return err.toString(StandardCharsets.UTF_8).strip();
  }
}
