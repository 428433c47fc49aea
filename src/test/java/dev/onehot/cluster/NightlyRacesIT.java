package dev.onehot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.cluster.ClusterTraining.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several processes of submit.sh that want the same registry at once. For more of them: {@code
 * -Donehot.races.nights=20 -Donehot.races.promotions=20}.
 */
@Tag("long")
class NightlyRacesIT {

  private static final int NIGHTS = Integer.getInteger("onehot.races.nights", 2);
  private static final int PROMOTIONS = Integer.getInteger("onehot.races.promotions", 4);

  private static final String DATE = "2026-11-30";

  @TempDir private static Path folder;

  @BeforeAll
  static void writeRows() {
    run("generate", "--out=" + folder.resolve("rows"), "--rows=600", "--test-rows=200");
  }

  @Test
  void ofTwoNightsThatStartAtOnceOneTrainsAndTheOtherEndsWith75() throws Exception {
    int firstWins = 0;
    for (int round = 0; round < NIGHTS; round++) {
      Path there = Files.createDirectory(folder.resolve("night-" + round));
      Path day = Files.createDirectories(there.resolve("in/" + DATE));
      copy(folder.resolve("rows"), day);
      List<String> night =
          List.of(
              "nightly",
              "--registry=registry",
              "--run-date=" + DATE,
              "--data=in/{date}",
              // Whoever has the lock waits with it until the other one has ended.
              "--wait-for-data=1h",
              "--iterations=15");
      SubmitScript one = SubmitScript.start(there, night);
      SubmitScript two = SubmitScript.start(there, night);
      Waiting.until("one of them ends", () -> one.hasEnded() || two.hasEnded());
      SubmitScript loser = one.hasEnded() ? one : two;
      SubmitScript winner = loser == one ? two : one;
      assertThat(loser.exitCode()).as(loser.err()).isEqualTo(75);
      assertThat(loser.err())
          .containsPattern(
              "onehot: --registry registry: run \\S+ holds the lock \\(process \\d+ on \\S+, since \\S+\\); try again when it has ended\n")
          .doesNotContain("training rows");
      Files.writeString(day.resolve("_SUCCESS"), "");
      assertThat(winner.exitCode()).as(winner.err()).isZero();
      assertThat(winner.out()).contains("version 1 is the champion: accuracy ");
      assertThat(winner.err()).contains("training rows: ");
      assertThat(names(there.resolve("registry")))
          .containsExactly("champion", "history", "versions");
      assertThat(names(there.resolve("registry/versions"))).containsExactly("000001");
      assertThat(names(there.resolve("registry/history"))).containsExactly("000001.json");
      firstWins += winner == one ? 1 : 0;
    }
    System.out.printf(
        Locale.ROOT,
        "%d races of two nights: the first won %d, the second %d%n",
        NIGHTS,
        firstWins,
        NIGHTS - firstWins);
  }

  @Test
  void ofManyThatPromoteAtOnceOneWinsAndTheOthersNameIt() throws Exception {
    Path there = Files.createDirectory(folder.resolve("promotions"));
    Path registry = there.resolve("registry");
    run(
        "nightly",
        "--registry=" + registry,
        "--run-date=" + DATE,
        "--data=" + folder.resolve("rows"),
        "--iterations=15");
    for (int version = 2; version <= PROMOTIONS + 1; version++) {
      copy(
          registry.resolve("versions/000001"),
          Files.createDirectory(
              registry.resolve(String.format(Locale.ROOT, "versions/%06d", version))));
    }
    List<SubmitScript> people = new ArrayList<>();
    for (int version = 2; version <= PROMOTIONS + 1; version++) {
      people.add(
          SubmitScript.start(
              there,
              List.of(
                  "models",
                  "promote",
                  Integer.toString(version),
                  "--expect=1",
                  "--registry=registry")));
    }
    int winner = 0;
    List<SubmitScript> losers = new ArrayList<>();
    for (int p = 0; p < people.size(); p++) {
      if (people.get(p).exitCode() == 0) {
        assertThat(winner).as("who else won").isZero();
        winner = p + 2;
        assertThat(people.get(p).out())
            .isEqualTo("version %d is the champion; it was version 1\n".formatted(winner));
      } else {
        losers.add(people.get(p));
      }
    }
    assertThat(losers).hasSize(PROMOTIONS - 1);
    int sawItBefore = 0;
    for (SubmitScript loser : losers) {
      assertThat(loser.exitCode()).as(loser.err()).isEqualTo(75);
      assertThat(loser.out()).isEmpty();
      // Either it saw the champion change, or it wanted to be the next one, too.
      String before = "--expect 1: version %d is the champion now, promoted by ".formatted(winner);
      String together = " has promoted version %d meanwhile (".formatted(winner);
      assertThat(loser.err())
          .satisfiesAnyOf(
              err -> assertThat(err).contains(before), err -> assertThat(err).contains(together));
      sawItBefore += loser.err().contains(before) ? 1 : 0;
    }
    assertThat(names(registry.resolve("champion"))).containsExactly("000001.json", "000002.json");
    System.out.printf(
        Locale.ROOT,
        "%d promotions at once: version %d won; %d saw it before, %d when they tried%n",
        PROMOTIONS,
        winner,
        sawItBefore,
        losers.size() - sawItBefore);
  }

  private static void run(String... command) {
    Outcome outcome = ClusterTraining.run(Map.of(), line -> {}, List.of(command));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(f -> !f.getFileName().toString().equals("_SUCCESS")).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
