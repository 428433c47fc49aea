package dev.onehot.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onehot.failure.BusyException;
import dev.onehot.failure.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChampionsTest {

  @TempDir private Path folder;
  private TempRegistry registry;
  private Champions champions;

  @BeforeEach
  void open() {
    registry = TempRegistry.in(folder);
    champions = registry.registry().champions();
  }

  @Test
  void withoutAPromotionThereIsNone() throws IOException {
    registry.with(1);
    assertThat(champions.current()).isEmpty();
    assertThat(champions.last()).isZero();
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> registry.registry().champion())
        .withMessageContaining("has no champion yet; models promote names one");
  }

  @Test
  void theHighestNumberCounts() throws IOException {
    registry.with(1, 2).promote(2);
    registry.promote(1);
    assertThat(champions.current().orElseThrow().number()).isEqualTo(2);
    assertThat(registry.current()).isEqualTo(1);
    assertThat(registry.registry().champion().toUri().getPath())
        .isEqualTo(registry.version(1).toString());
    assertThat(champions.all()).extracting(Promotion::version).containsExactly(2, 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{\"format\": \"onehot champion 1\"}",
        "{\"format\": \"onehot champion 2\", \"number\": 2, \"version\": 2, \"promoted\": \"2026-11-30T02:15:00Z\"}",
        "{\"format\": \"onehot champion 1\", \"number\": 3, \"version\": 2, \"promoted\": \"2026-11-30T02:15:00Z\"}",
        "{\"format\": \"onehot champion 1\", \"number\": 2, \"version\": 2, \"promoted\": \"yesterday\"}",
        "{\"format\": \"onehot champion 1\", \"number\": 2, \"version\": 99999999999, \"promoted\": \"2026-11-30T02:15:00Z\"}"
      })
  void aDamagedFileLeavesTheChampionBeforeIt(String damage) throws IOException {
    registry.with(1, 2).promote(1);
    Files.writeString(registry.champion(2), damage);
    assertThat(registry.current()).isEqualTo(1);
    // Its number is taken all the same.
    assertThat(registry.promote(2).number()).isEqualTo(3);
    assertThat(registry.current()).isEqualTo(2);
  }

  @Test
  void aVersionThatIsGoneLeavesTheChampionBeforeIt() throws IOException {
    registry.with(1, 2).promote(1);
    registry.promote(2);
    Files.delete(registry.version(2).resolve("run.json"));
    assertThat(registry.current()).isEqualTo(1);
  }

  @Test
  void aVersionThatIsNotThereIsNotPromoted() throws IOException {
    registry.with(1, 2);
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> registry.promote(3))
        .withMessageEndingWith("has no version 3; it has 1, 2");
    assertThat(champions.last()).isZero();
  }

  @Test
  void whoeverDecidedBeforeAnotherPromotionIsToldWhoWon() throws IOException {
    registry.with(1, 2);
    champions.promote(1, 0, "ada on node7", "by hand");
    assertThatExceptionOfType(BusyException.class)
        .isThrownBy(() -> champions.promote(2, 0, "nightly run 20261130", "better"))
        .withMessageContaining("version 2 is not promoted, because ada on node7 has promoted")
        .withMessageContaining("version 1 meanwhile (20")
        .withMessageContaining("models list");
    assertThat(registry.current()).isEqualTo(1);
  }

  @Test
  void aWinnerWhoseFileIsDamagedIsSomebody() throws IOException {
    registry.with(1);
    Files.writeString(registry.champion(1), "{");
    assertThatExceptionOfType(BusyException.class)
        .isThrownBy(() -> champions.promote(1, 0, "late", "why"))
        .withMessageContaining("because somebody else has promoted one meanwhile");
  }

  @Test
  void rollingBackAgainGoesOneFurther() throws IOException {
    registry.with(1, 2, 3);
    for (int version = 1; version <= 3; version++) {
      registry.promote(version);
    }
    Promotion back = champions.rollBack("ada");
    assertThat(back.version()).isEqualTo(2);
    assertThat(back.rollback()).isTrue();
    assertThat(back.why()).isEqualTo("instead of version 3");
    assertThat(champions.rollBack("ada").version()).isEqualTo(1);
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> champions.rollBack("ada"))
        .withMessageContaining("version 1 is the champion, and no champion before it is left");
    assertThat(registry.current()).isEqualTo(1);
  }

  @Test
  void afterARollbackAndAnotherPromotionItGoesBackToWhatWasRolledBackTo() throws IOException {
    registry.with(1, 2, 3);
    registry.promote(1);
    registry.promote(2);
    champions.rollBack("ada");
    registry.promote(3);
    assertThat(champions.rollBack("ada").version()).isEqualTo(1);
  }

  @Test
  void aRollbackSkipsVersionsThatAreGone() throws IOException {
    registry.with(1, 2, 3);
    for (int version : new int[] {1, 2, 3}) {
      registry.promote(version);
    }
    Files.delete(registry.version(2).resolve("run.json"));
    assertThat(champions.rollBack("ada").version()).isEqualTo(1);
  }

  @Test
  void aVersionThatIsPromotedTwiceInARowIsLeftInOneStep() throws IOException {
    registry.with(1, 2).promote(1);
    registry.promote(2);
    registry.promote(2);
    assertThat(champions.rollBack("ada").version()).isEqualTo(1);
  }

  @Test
  void withoutAChampionThereIsNothingToRollBack() {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> champions.rollBack("ada"))
        .withMessageContaining("has no champion to go back from");
  }

  @Test
  void aChampionThatIsBrokenIsLeftForTheOneBefore() throws IOException {
    registry.with(1, 2, 3);
    for (int version : new int[] {1, 2, 3}) {
      registry.promote(version);
    }
    // The last one is gone, so the one before counts; going back leaves that one.
    Files.delete(registry.version(3).resolve("run.json"));
    assertThat(champions.rollBack("ada").version()).isEqualTo(1);
  }

  @Test
  void ofTwentyThatPromoteAtOnceOneWinsAndTheOthersSayWho() throws Exception {
    int people = 20;
    registry.with(IntStream.rangeClosed(1, people).toArray());
    ExecutorService threads = Executors.newFixedThreadPool(people);
    CyclicBarrier start = new CyclicBarrier(people);
    List<Future<Promotion>> promotions = new ArrayList<>();
    for (int p = 1; p <= people; p++) {
      int version = p;
      promotions.add(
          threads.submit(
              () -> {
                int seen = champions.last();
                start.await();
                return champions.promote(version, seen, "person " + version, "by hand");
              }));
    }
    List<Integer> winners = new ArrayList<>();
    List<String> losers = new ArrayList<>();
    for (Future<Promotion> promotion : promotions) {
      try {
        winners.add(promotion.get().version());
      } catch (ExecutionException e) {
        assertThat(e.getCause()).isInstanceOf(BusyException.class);
        losers.add(e.getCause().getMessage());
      }
    }
    threads.shutdown();
    int winner = registry.current();
    assertThat(winners).containsExactly(winner);
    assertThat(losers)
        .hasSize(people - 1)
        .allMatch(
            line -> line.contains("person " + winner + " has promoted version " + winner + " "));
    assertThat(registry.names("champion")).containsExactly("000001.json");
  }
}
