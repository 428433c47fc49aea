package dev.onehot.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onehot.failure.InvalidSettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {

  private static final Instant NOW = Instant.parse("2026-11-30T02:15:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private Path folder;
  private TempRegistry registry;

  @BeforeEach
  void open() {
    registry = TempRegistry.in(folder);
  }

  @Test
  void theLastThatWerePromotedAndTheLastThatNeverWereAreKept() throws IOException {
    registry.with(1, 2, 3, 4, 5, 6, 7, 8, 9);
    promotedDaysAgo(1, 40);
    promotedDaysAgo(3, 30);
    promotedDaysAgo(5, 20);
    promotedDaysAgo(8, 10);
    assertThat(new Retention(2, 1, DAY).prune(registry.registry(), NOW))
        .containsExactly(1, 2, 3, 4, 6, 7);
    assertThat(registry.registry().versions()).containsExactly(5, 8, 9);
    assertThat(registry.names("versions")).containsExactly("000005", "000008", "000009");
    assertThat(new Retention(2, 1, DAY).prune(registry.registry(), NOW)).isEmpty();
  }

  @Test
  void theChampionStaysHoweverOldItIs() throws IOException {
    registry.with(1, 2, 3);
    promotedDaysAgo(1, 4000);
    assertThat(new Retention(1, 0, Duration.ZERO).prune(registry.registry(), NOW))
        .containsExactly(2, 3);
    assertThat(registry.current()).isEqualTo(1);
  }

  @Test
  void aFormerChampionStaysUntilItsReadersHadTimeToFinish() throws IOException {
    registry.with(1, 2, 3);
    promotedDaysAgo(1, 50);
    promotedDaysAgo(2, 3);
    promotedDaysAgo(3, 2);
    // The first was champion until 3 days ago, the second until 2 days ago.
    assertThat(new Retention(1, 0, DAY.multipliedBy(4)).prune(registry.registry(), NOW)).isEmpty();
    assertThat(new Retention(1, 0, DAY.multipliedBy(3)).prune(registry.registry(), NOW))
        .containsExactly(1);
    assertThat(new Retention(1, 0, DAY.multipliedBy(2)).prune(registry.registry(), NOW))
        .containsExactly(2);
  }

  @Test
  void aClockThatWasSetBackRemovesNoFormerChampion() throws IOException {
    registry.with(1, 2);
    promotedDaysAgo(1, -300);
    promotedDaysAgo(2, -200);
    assertThat(new Retention(1, 0, Duration.ZERO).prune(registry.registry(), NOW)).isEmpty();
  }

  @Test
  void aVersionThatIsPromotedAgainIsOneOfTheLast() throws IOException {
    registry.with(1, 2, 3);
    promotedDaysAgo(1, 30);
    promotedDaysAgo(2, 20);
    promotedDaysAgo(1, 10);
    promotedDaysAgo(3, 9);
    assertThat(new Retention(2, 0, DAY).prune(registry.registry(), NOW)).containsExactly(2);
  }

  @Test
  void aVersionThatIsPromotedSeveralTimesCountsOnce() throws IOException {
    registry.with(1, 2);
    promotedDaysAgo(1, 30);
    promotedDaysAgo(2, 20);
    promotedDaysAgo(2, 10);
    assertThat(new Retention(2, 0, DAY).prune(registry.registry(), NOW)).isEmpty();
  }

  @Test
  void aVersionThatIsGoneTakesNobodysPlace() throws IOException {
    registry.with(1, 2, 3);
    promotedDaysAgo(1, 30);
    promotedDaysAgo(2, 20);
    promotedDaysAgo(3, 10);
    registry.registry().folders().remove(2);
    assertThat(new Retention(2, 0, DAY).prune(registry.registry(), NOW)).isEmpty();
  }

  @Test
  void theChampionThatCountsIsKeptWhenTheLastOneIsBroken() throws IOException {
    registry.with(1, 2);
    promotedDaysAgo(1, 30);
    promotedDaysAgo(2, 20);
    Files.delete(registry.version(2).resolve("run.json"));
    assertThat(new Retention(1, 0, DAY).prune(registry.registry(), NOW)).isEmpty();
    assertThat(registry.registry().versions()).containsExactly(1);
    assertThat(registry.version(2)).doesNotExist();
  }

  @Test
  void aRemovalThatWasKilledHalfwayIsFinished() throws IOException {
    registry.with(1, 2, 3);
    promotedDaysAgo(3, 1);
    Files.delete(registry.version(1).resolve("run.json"));
    Files.createDirectory(folder.resolve("versions/.000004.pending-x"));
    assertThat(new Retention(1, 9, DAY).prune(registry.registry(), NOW)).isEmpty();
    // Whoever prunes has the lock, so what is hidden belongs to nobody who lives.
    assertThat(registry.names("versions")).containsExactly("000002", "000003");
  }

  @Test
  void aRegistryWithoutAChampionKeepsTheLast() throws IOException {
    registry.with(1, 2, 3, 4);
    assertThat(Retention.defaults().prune(registry.registry(), NOW)).containsExactly(1);
  }

  @Test
  void aNumberIsNotUsedAgain() throws IOException {
    assertThat(registry.registry().nextVersion(0)).isEqualTo(1);
    registry.with(1, 2, 3);
    promotedDaysAgo(3, 30);
    promotedDaysAgo(1, 1);
    registry.registry().folders().remove(3);
    // The champions know of it.
    assertThat(registry.registry().versions()).containsExactly(1, 2);
    assertThat(registry.registry().nextVersion(0)).isEqualTo(4);
    // The history knows of one more.
    assertThat(registry.registry().nextVersion(6)).isEqualTo(7);
    // One is there, if only half of it.
    registry.with(9);
    Files.delete(registry.version(9).resolve("run.json"));
    assertThat(registry.registry().nextVersion(6)).isEqualTo(10);
  }

  @Test
  void valuesOutOfRangeAreAllNamed() {
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> new Retention(0, -1, DAY))
        .withMessageContaining("keep-promoted must be at least 1, not 0")
        .withMessageContaining("keep-refused must be at least 0, not -1");
  }

  private void promotedDaysAgo(int version, int days) throws IOException {
    int number = registry.promote(version).number();
    Path file = registry.champion(number);
    Files.writeString(
        file,
        Files.readString(file)
            .replaceFirst(
                "\"promoted\": \"[^\"]+", "\"promoted\": \"" + NOW.minus(DAY.multipliedBy(days))));
  }
}
