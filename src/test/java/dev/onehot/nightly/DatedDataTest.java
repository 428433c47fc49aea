package dev.onehot.nightly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onehot.failure.InputException;
import dev.onehot.job.DataOptions;
import dev.onehot.job.Dates;
import dev.onehot.report.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatedDataTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 30);

  /** Not too long, as it decides how often is looked. */
  private static final Duration LONG = Duration.ofSeconds(40);

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @Test
  void aFolderWithFilesIsEnough() throws IOException {
    Files.writeString(day("2026-11-30").resolve("train-images"), "");
    data(1, null).require();
    assertThat(said()).isEmpty();
  }

  @Test
  void aMissingAndAnEmptyFolderAreNamed() throws IOException {
    Files.writeString(day("2026-11-28").resolve("train-images"), "");
    day("2026-11-29");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(data(3, null)::require)
        .withMessage(
            "no data for the 3 days up to 2026-11-30: %1$s/2026-11-30 is not there, %1$s/2026-11-29 is empty; run again when they are there, or give wait-for-data 2h",
            folder);
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(data(1, null)::require)
        .withMessageStartingWith("no data for 2026-11-30: %s/2026-11-30 is not there; ", folder);
  }

  @Test
  void ofManyMissingDaysTheFirstAreNamed() {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(data(30, null)::require)
        .withMessageContaining("/2026-11-01, ")
        .withMessageContaining("/2026-11-04 and 26 more are not there");
  }

  @Test
  void afterTheTimeIsUpItSaysWhatIsStillMissing() throws IOException {
    Files.writeString(day("2026-11-30").resolve("train-images"), "");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(data(1, Duration.ofSeconds(0))::require)
        .withMessage(
            "no data for 2026-11-30: after 0s %s/2026-11-30/_SUCCESS is still not there; run again when they are complete",
            folder);
    assertThat(said()).isEqualTo("waiting up to 0s for %s/2026-11-30/_SUCCESS%n".formatted(folder));
  }

  @Test
  void itGoesOnAsSoonAsTheLastFolderIsComplete() throws Exception {
    Files.writeString(day("2026-11-29").resolve("_SUCCESS"), "");
    Path late = day("2026-11-30");
    Thread writer =
        new Thread(
            () -> {
              try {
                // Only once it waits.
                while (said().isEmpty()) {
                  Thread.onSpinWait();
                }
                Files.writeString(late.resolve("_SUCCESS"), "");
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    writer.start();
    data(2, LONG).require();
    writer.join();
    assertThat(said()).isEqualTo("waiting up to 40s for %s/_SUCCESS%n".formatted(late));
  }

  @Test
  void theSignOfAFileIsInItsFolder() throws IOException {
    Files.writeString(day("2026-11-30").resolve("_SUCCESS"), "");
    Files.writeString(Files.createDirectory(folder.resolve("fixed")).resolve("test-images"), "");
    DataOptions files =
        DataOptions.defaults()
            .withFiles(
                path(folder.resolve("{date}/train-images")),
                path(folder.resolve("fixed/test-images")))
            .withDates(new Dates(TODAY, 1));
    new DatedData(files, LONG, new Configuration(), console()).require();
    assertThat(said()).isEmpty();

    // Without a time to wait it is the file itself that is looked for.
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(new DatedData(files, null, new Configuration(), console())::require)
        .withMessageContaining("/2026-11-30/train-images is not there");
  }

  @Test
  void pathsWithoutADateAreNotWaitedFor() throws IOException {
    DataOptions options =
        DataOptions.defaults()
            .withData(path(folder.resolve("nowhere")))
            .withDates(new Dates(TODAY, 1));
    new DatedData(options, null, new Configuration(), console()).require();
  }

  private DatedData data(int days, Duration patience) {
    DataOptions options =
        DataOptions.defaults()
            .withData(path(folder.resolve("{date}")))
            .withDates(new Dates(TODAY, days));
    return new DatedData(options, patience, new Configuration(), console());
  }

  private Path day(String date) throws IOException {
    return Files.createDirectories(folder.resolve(date));
  }

  private static org.apache.hadoop.fs.Path path(Path local) {
    return new org.apache.hadoop.fs.Path(local.toString());
  }

  private Console console() {
    return new Console(new PrintStream(said, true, StandardCharsets.UTF_8), false);
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }
}
