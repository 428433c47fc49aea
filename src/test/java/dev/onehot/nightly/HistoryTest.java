package dev.onehot.nightly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonParseException;
import dev.onehot.nightly.NightRecord.Status;
import dev.onehot.registry.TempRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTest {

  @TempDir private Path folder;
  private History history;

  @BeforeEach
  void open() {
    history = new History(TempRegistry.in(folder).registry().history());
  }

  @Test
  void aRecordIsOneLineOfJsonAndItselfAgain() {
    for (NightRecord night : new NightRecord[] {Nights.promoted(), Nights.failed()}) {
      assertThat(night.json()).doesNotContain("\n");
      assertThat(NightRecord.parse(night.json())).isEqualTo(night);
    }
    // Whoever reads it with other software finds every field.
    assertThat(Nights.failed().json())
        .contains("\"version\":null", "\"accuracy\":null", "\"exitCode\":3");
  }

  @Test
  void whatIsNoJsonOfARecordIsRefused() {
    for (String text : new String[] {"{", "[]", "\"text\"", "{\"exitCode\":\"many\"}"}) {
      assertThatExceptionOfType(JsonParseException.class)
          .as(text)
          .isThrownBy(() -> NightRecord.parse(text));
    }
  }

  @Test
  void runsStandInTheOrderInWhichTheyEnded() throws IOException {
    history.add(Nights.promoted());
    history.add(Nights.failed());
    history.add(Nights.promoted());
    assertThat(history.all())
        .containsExactly(Nights.promoted(), Nights.failed(), Nights.promoted());
    assertThat(Files.readString(folder.resolve("history/000002.json")))
        .isEqualTo(Nights.failed().json() + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "{}",
        "{\"format\":\"onehot nightly run 2\"}",
        "{\"format\":\"onehot nightly run 1\",\"runDate\":\"2026-11-30\",\"status\":\"PROMOTED\"}"
      })
  void aDamagedFileTellsNothing(String damage) throws IOException {
    history.add(Nights.promoted());
    Files.writeString(folder.resolve("history/000002.json"), damage);
    history.add(Nights.failed());
    assertThat(history.all()).containsExactly(Nights.promoted(), Nights.failed());
    assertThat(Files.exists(folder.resolve("history/000003.json"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "PROMOTED,    0,  true",
    "KEPT,        0,  true",
    "REFUSED,     4,  true",
    "INTERRUPTED, 75, false",
    "FAILED,      3,  false"
  })
  void aDateIsDoneOnceThereIsAVersion(Status status, int exitCode, boolean done)
      throws IOException {
    history.add(ended(status, exitCode, "2026-11-30"));
    assertThat(history.finished(LocalDate.of(2026, 11, 30)).isPresent()).isEqualTo(done);
    assertThat(history.finished(LocalDate.of(2026, 12, 1))).isEmpty();
    assertThat(history.lastSuccess().isPresent()).isEqualTo(exitCode == 0);
  }

  @Test
  void ofSeveralRunsOfADateTheLastThatWasDoneCounts() throws IOException {
    history.add(ended(Status.PROMOTED, 0, "2026-11-30"));
    history.add(ended(Status.REFUSED, 4, "2026-11-30"));
    history.add(ended(Status.FAILED, 3, "2026-11-30"));
    history.add(ended(Status.KEPT, 0, "2026-12-01"));
    assertThat(history.finished(LocalDate.of(2026, 11, 30)).orElseThrow().status())
        .isEqualTo(Status.REFUSED);
    assertThat(history.lastSuccess().orElseThrow().runDate()).isEqualTo("2026-12-01");
  }

  @Test
  void theHighestVersionIsThatOfAnyRun() throws IOException {
    assertThat(history.highestVersion()).isZero();
    history.add(Nights.promoted());
    history.add(Nights.failed());
    assertThat(history.highestVersion()).isEqualTo(7);
  }

  private static NightRecord ended(Status status, int exitCode, String date) {
    NightRecord night = Nights.promoted();
    return new NightRecord(
        night.format(),
        night.run(),
        date,
        night.started(),
        night.ended(),
        status,
        exitCode,
        night.message(),
        night.version(),
        night.championBefore(),
        night.champion(),
        night.rows(),
        night.accuracy(),
        night.logLoss(),
        night.championAccuracy(),
        night.championLogLoss(),
        night.warnings());
  }
}
