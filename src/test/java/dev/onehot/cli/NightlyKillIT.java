package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.nightly.History;
import dev.onehot.nightly.NightRecord;
import dev.onehot.registry.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random moments of nightly runs while a reader loads the champion without a
 * pause. {@code -Donehot.kills=50} kills that often; {@code -Donehot.seed=2} at other moments.
 */
@Tag("long")
class NightlyKillIT {

  private static final int KILLS = Integer.getInteger("onehot.kills", 2);
  private static final LocalDate FIRST = LocalDate.of(2026, 11, 1);

  /** From the version's appearance to the end of a run, and some more, in nanoseconds. */
  private static final long END_OF_RUN = TimeUnit.MILLISECONDS.toNanos(800);

  private final SplittableRandom random =
      new SplittableRandom(Integer.getInteger("onehot.seed", 1));
  private int nights;
  private int afterPublishing;

  @TempDir private Path folder;
  private Path directory;
  private Registry registry;

  @BeforeEach
  void openRegistry() {
    directory = folder.resolve("registry");
    registry =
        Registry.create(new org.apache.hadoop.fs.Path(directory.toUri()), new Configuration());
  }

  @Test
  void aReaderAlwaysLoadsAChampionWheneverARunIsKilledAndTheRunAfterwardsSucceeds()
      throws Exception {
    run(date());
    long start = System.nanoTime();
    nights++;
    run(date());
    long span = System.nanoTime() - start;

    int kills = 0;
    ChampionReader reader = ChampionReader.start(registry.directory());
    try (reader) {
      while (kills < KILLS) {
        nights++;
        boolean killed = kills % 2 == 0 ? killedAnywhere(span) : killedAfterItsVersionAppeared();
        kills += killed ? 1 : 0;
        run(date());
        assertThat(promotionsOf(date())).as("promotions of %s", date()).hasSize(1);
        assertThat(registry.champions().current().orElseThrow().version())
            .isEqualTo(promotionsOf(date()).get(0).version());
        assertThat(hiddenFiles()).isEmpty();
        assertThat(directory.resolve("checkpoints")).doesNotExist();
        assertThat(registry.versions()).hasSize(2);
        assertThat(metrics()).endsWith("} %d".formatted(promotionsOf(date()).get(0).version()));
      }
    }

    assertThat(reader.failures()).isEmpty();
    assertThat(reader.champions()).isGreaterThanOrEqualTo(KILLS);
    if (System.getProperty("onehot.kills") != null) {
      System.out.printf(
          "%d kills, %d of them after the version appeared; the reader loaded %,d times and saw %d champions, 0 failures%n",
          kills, afterPublishing, reader.loads(), reader.champions());
    }
  }

  private String date() {
    return FIRST.plusDays(nights).toString();
  }

  private TrainingProcess start(String date) throws IOException {
    return new TrainingProcess(
        folder.resolve(date + ".err"),
        List.of(
            "nightly",
            "--registry=" + directory,
            "--run-date=" + date,
            "--train-rows=2000",
            "--iterations=6",
            "--checkpoint-every=2",
            "--promote=force",
            // The champion before stays until the next one, so that a reader can finish.
            "--keep-promoted=2",
            "--grace=0s",
            "--metrics=" + folder.resolve("onehot.prom")));
  }

  /** A run that nobody kills. */
  private void run(String date) throws Exception {
    try (TrainingProcess process = start(date)) {
      int code = process.exitCode();
      assertThat(code).as(process.err()).isZero();
    }
  }

  /** Whether the run was killed; it may have ended before. */
  private boolean killedAnywhere(long span) throws Exception {
    try (TrainingProcess process = start(date())) {
      TimeUnit.NANOSECONDS.sleep(random.nextLong(span));
      return process.kill() == 137;
    }
  }

  /** Kills while the version is promoted, the record is written, and old versions are removed. */
  private boolean killedAfterItsVersionAppeared() throws Exception {
    int before = registry.versions().stream().max(Integer::compare).orElseThrow();
    try (TrainingProcess process = start(date())) {
      process.await("version", () -> registry.isComplete(before + 1));
      TimeUnit.NANOSECONDS.sleep(random.nextLong(END_OF_RUN));
      boolean killed = process.kill() == 137;
      afterPublishing += killed ? 1 : 0;
      return killed;
    }
  }

  private List<NightRecord> promotionsOf(String date) throws IOException {
    return new History(registry.history())
        .all().stream()
            .filter(night -> night.runDate().equals(date))
            .filter(night -> night.status() == NightRecord.Status.PROMOTED)
            .toList();
  }

  /** What the metrics say of the champion. */
  private String metrics() throws IOException {
    return Files.readString(folder.resolve("onehot.prom"))
        .lines()
        .filter(line -> line.startsWith("onehot_nightly_champion_version{"))
        .collect(Collectors.joining());
  }

  private List<Path> hiddenFiles() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.getFileName().toString().startsWith(".")).toList();
    }
  }
}
