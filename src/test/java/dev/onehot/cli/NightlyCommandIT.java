package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.onehot.nightly.NightRecord;
import dev.onehot.nightly.NightRecord.Status;
import dev.onehot.registry.Registry;
import dev.onehot.registry.RegistryLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code nightly} and {@code models}: nights that end in each way, and what is left of them. */
class NightlyCommandIT {

  private static final String FIRST = "2026-11-29";
  private static final String NEXT = "2026-11-30";

  /** Weights that stay where they are at random. */
  private static final String[] BAD = {"--iterations=1", "--learning-rate=1e-9"};

  @TempDir private static Path shared;

  private static CommandRun firstNight;
  private static NightlyRegistry afterOneNight;

  private NightlyRegistry registry;

  @BeforeAll
  static void runTheFirstNight() {
    for (String date : List.of(FIRST, NEXT)) {
      CommandRun run =
          CommandRun.of(
              "generate",
              "--out=" + shared.resolve("in/" + date),
              "--rows=900",
              "--test-rows=500",
              "--seed=" + date.hashCode());
      assertThat(run.exitCode()).as(run.err()).isZero();
    }
    afterOneNight =
        NightlyRegistry.of(shared.resolve("registry"), "--data=" + shared.resolve("in/{date}"));
    firstNight = afterOneNight.night(FIRST);
    assertThat(firstNight.exitCode()).as(firstNight.err()).isZero();
  }

  @BeforeEach
  void copy() throws IOException {
    registry = afterOneNight.copy(Files.createTempDirectory(shared, "registry").resolve("copy"));
  }

  @Test
  void theFirstModelIsTheChampionWithItsFigures() throws IOException {
    assertThat(firstNight.out())
        .contains("run date        " + FIRST)
        .containsPattern(
            "verdict +version 1 is the champion: accuracy 0\\.\\d{4} and log loss \\d\\.\\d{4} on 500 rows, with no champion")
        .contains("champion        version 1", "registry        " + shared.resolve("registry"));
    NightRecord night = registry.last();
    assertThat(night.status()).isEqualTo(Status.PROMOTED);
    assertThat(night.rows()).isEqualTo(900);
    assertThat(night.championBefore()).isNull();
    assertThat(night.champion()).isEqualTo(1);
    assertThat(registry.champion()).isEqualTo(1);
    assertThat(registry.names("versions/000001"))
        .contains("W1.npy", "gate.json", "model.json", "model.onnx", "report.html", "run.json");
    registry.assertTidy();
    JsonObject settings = registry.provenance(1).getAsJsonObject("settings");
    assertThat(settings.get("run-date").getAsString()).isEqualTo(FIRST);
  }

  @Test
  void theNextModelStandsAgainstTheChampion() throws IOException {
    CommandRun run = registry.night(NEXT);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern(
            "version 2 is the champion: accuracy 0\\.\\d{4} on 500 rows \\(limit 0\\.\\d{4}, champion 0\\.\\d{4}\\), log loss");
    assertThat(registry.history()).extracting(NightRecord::champion).containsExactly(1, 2);
    assertThat(registry.last().championBefore()).isEqualTo(1);
    assertThat(registry.last().championAccuracy()).isBetween(0.3, 1.0);
    assertThat(registry.models("list").out().lines().map(line -> line.replaceAll(" +", " ")))
        .satisfiesExactly(
            heading -> assertThat(heading).startsWith("version status"),
            one -> assertThat(one).startsWith(" 1 was champion " + FIRST),
            two -> assertThat(two).startsWith(" 2 champion " + NEXT));
    assertThat(registry.models("show", "2").out())
        .contains("  passed        accuracy: 0.", "recall of the worst class: ");
    registry.assertTidy();

    assertThat(registry.models("rollback").out())
        .isEqualTo("version 1 is the champion again, instead of version 2\n");
    assertThat(registry.champion()).isEqualTo(1);
    assertThat(registry.nightWithoutSpark(NEXT).out())
        .contains("version 2 is the champion: accuracy", "champion        version 1");
  }

  @Test
  void aModelThatIsWorseIsKeptWithItsVerdictAndTheChampionStays() throws IOException {
    CommandRun run = registry.night(NEXT, BAD);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(4);
    assertThat(run.lastError())
        .matches(
            "onehot: version 2 is refused: accuracy 0\\.\\d{4} is below 0\\.\\d{4}, the champion's 0\\.\\d{4} less a margin of 0\\.01");
    assertThat(registry.champion()).isEqualTo(1);
    assertThat(registry.last().status()).isEqualTo(Status.REFUSED);
    assertThat(registry.last().champion()).isEqualTo(1);
    assertThat(registry.json(2, "gate.json").toString()).contains("is refused: accuracy");
    registry.assertTidy();

    CommandRun again = registry.nightWithoutSpark(NEXT, BAD);
    assertThat(again.exitCode()).isEqualTo(4);
    assertThat(again.out()).contains("\nchampion        version 1\n");
    assertThat(again.err())
        .contains(NEXT + " is done already, by run ", "; --again trains anew")
        .contains("onehot: version 2 is refused: accuracy ");
    assertThat(registry.history()).hasSize(2);

    CommandRun anew = registry.night(NEXT, "--again");
    assertThat(anew.exitCode()).as(anew.err()).isZero();
    assertThat(registry.champion()).isEqualTo(3);
    assertThat(registry.names("versions")).containsExactly("000001", "000002", "000003");

    registry.models("rollback");
    CommandRun rolledBack = registry.nightWithoutSpark(NEXT);
    assertThat(rolledBack.exitCode()).isZero();
    assertThat(rolledBack.out())
        .contains("version 3 is the champion: ")
        .contains("\nchampion        version 1 now, no longer version 3\n");
  }

  @Test
  void aDateThatIsDoneTakesNoSparkAndChangesNothing() throws IOException {
    CommandRun again = registry.nightWithoutSpark(FIRST);
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.err())
        .isEqualTo(
            "%s is done already, by run %s; --again trains anew\n"
                .formatted(FIRST, registry.last().run()));
    assertThat(again.out())
        .isEqualTo(
            firstNight
                .out()
                .replace(shared.resolve("registry").toString(), registry.folder().toString()));
    assertThat(registry.history()).hasSize(1);
    registry.assertTidy();
  }

  @Test
  void aPersonCanForceAndPrevent() throws IOException {
    CommandRun kept = registry.night(NEXT, "--promote=never");
    assertThat(kept.exitCode()).as(kept.err()).isZero();
    assertThat(kept.out()).contains("version 2 is kept, not promoted, as asked: accuracy 0.");
    assertThat(registry.last().status()).isEqualTo(Status.KEPT);
    assertThat(registry.champion()).isEqualTo(1);

    CommandRun busy = registry.models("promote", "2", "--expect=7");
    assertThat(busy.exitCode()).isEqualTo(75);
    assertThat(busy.lastError())
        .startsWith("onehot: --expect 7: version 1 is the champion now, promoted by nightly run ");
    CommandRun promoted = registry.models("promote", "2", "--expect=1");
    assertThat(promoted.exitCode()).isZero();
    assertThat(promoted.out()).isEqualTo("version 2 is the champion; it was version 1\n");
    assertThat(registry.champion()).isEqualTo(2);

    CommandRun forced = registry.night(NEXT, "--again", "--promote=force", BAD[0], BAD[1]);
    assertThat(forced.exitCode()).as(forced.err()).isZero();
    assertThat(forced.out())
        .contains("version 3 is the champion by force, though the gate refuses it: accuracy ");
    assertThat(registry.champion()).isEqualTo(3);
  }

  @Test
  void aRunWhoseLockAnotherRunHadMeanwhileEndsWithThatWhateverElseFailed() throws Exception {
    Path lock = registry.folder().resolve(".lock");
    CompletableFuture<Void> other =
        CompletableFuture.runAsync(
            () -> {
              // It has taken the lock over, and has ended.
              while (!Files.exists(lock) || !lock.toFile().delete()) {
                Thread.onSpinWait();
              }
            });
    CommandRun run = registry.nightWithoutSpark("2026-12-01", "--wait-for-data=1s");
    other.get(1, TimeUnit.MINUTES);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(75);
    assertThat(run.lastError()).contains("the lock is gone: another run has taken it meanwhile");
    assertThat(registry.last().status()).isEqualTo(Status.INTERRUPTED);
    registry.assertTidy();
  }

  @Test
  void aChampionOfAnotherShapeStopsTheNightUnlessForced() throws IOException {
    CommandRun run = registry.nightWithoutSpark(NEXT, "--classes=11");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.lastError())
        .isEqualTo(
            "onehot: --classes 11: the champion, version 1, has 10; give these models a --registry of their own, or --promote force for a champion of another shape");
    assertThat(registry.last().status()).isEqualTo(Status.FAILED);
    assertThat(registry.last().exitCode()).isEqualTo(2);

    run = registry.night(NEXT, "--classes=11", "--promote=force");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .contains(
            "the champion has other columns or classes, so the new model is not compared with it");
    assertThat(registry.champion()).isEqualTo(2);
  }

  @Test
  void aWarmStartBeginsWithTheChampionsWeights() throws IOException {
    CommandRun run = registry.night(NEXT, "--warm-start", "--promote=never");
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonObject parent = registry.provenance(2).getAsJsonObject("parent");
    assertThat(parent.get("w1Sha256").getAsString()).isEqualTo(registry.w1Sha256(1));
    assertThat(parent.get("directory").getAsString()).isEqualTo("file:" + registry.version(1));

    run = registry.night(NEXT, "--warm-start", "--bias", "--again", "--promote=never");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .contains(
            "training starts from random weights: the champion has no bias, and --bias is true");
    assertThat(registry.provenance(3).has("parent")).isFalse();
  }

  @Test
  void aChampionWithDeadClassesIsNoStart() throws IOException {
    Path gate = registry.version(1).resolve("gate.json");
    String name = "\"name\": \"dead classes\",\\s*\"figure\": \"none\"([^}]*)\"refusal\": null";
    String dead = "\"name\": \"dead classes\", \"figure\": \"3, 5\"$1\"refusal\": \"dead\"";
    String before = Files.readString(gate);
    Files.writeString(gate, before.replaceFirst(name, dead));
    assertThat(gate).content().isNotEqualTo(before);
    CommandRun run = registry.night(NEXT, "--warm-start", "--iterations=1", "--promote=never");
    assertThat(run.err())
        .contains("training starts from random weights: the champion has dead classes: 3, 5");
    assertThat(registry.provenance(2).has("parent")).isFalse();
  }

  @Test
  void aDayWithoutDataEndsTheNightAndIsInTheHistory() throws IOException {
    CommandRun run = registry.nightWithoutSpark("2026-12-01");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.lastError())
        .isEqualTo(
            "onehot: no data for 2026-12-01: %s is not there; run again when they are there, or give --wait-for-data 2h",
            shared.resolve("in/2026-12-01"));
    NightRecord night = registry.last();
    assertThat(night.status()).isEqualTo(Status.FAILED);
    assertThat(night.exitCode()).isEqualTo(3);
    assertThat(night.message()).contains("no data for 2026-12-01").doesNotContain("⟨");
    assertThat(night.version()).isNull();
    assertThat(registry.champion()).isEqualTo(1);
    registry.assertTidy();
  }

  @Test
  void aRunThatWasKilledBeforeItCouldPromoteIsFinishedByTheNext() throws IOException {
    assertThat(registry.night(NEXT).exitCode()).isZero();
    NightRecord told = registry.last();
    Files.delete(registry.champion(2));
    Files.delete(registry.history(2));
    assertThat(registry.champion()).isEqualTo(1);

    CommandRun next = registry.nightWithoutSpark(NEXT);
    assertThat(next.exitCode()).as(next.err()).isZero();
    assertThat(next.err())
        .contains(
            "run %s of %s was killed after it had published: version 2 is the champion: "
                .formatted(told.run(), NEXT))
        .contains(NEXT + " is done already");
    assertThat(registry.champion()).isEqualTo(2);
    assertThat(registry.last().message()).isEqualTo(told.message());
    assertThat(registry.history()).hasSize(2);
  }

  @Test
  void aRunThatWasKilledBeforeItCouldTellIsToldByTheNext() throws IOException {
    assertThat(registry.night(NEXT).exitCode()).isZero();
    Files.delete(registry.history(2));

    CommandRun next = registry.nightWithoutSpark("2026-12-01");
    assertThat(next.exitCode()).isEqualTo(3);
    assertThat(next.err()).contains("was killed after it had published: version 2 is the champion");
    assertThat(registry.names("champion")).containsExactly("000001.json", "000002.json");
    assertThat(registry.history())
        .extracting(NightRecord::runDate)
        .containsExactly(FIRST, NEXT, "2026-12-01");
  }

  @Test
  void whoeverPromotesBetweenAKilledRunAndTheNextHasItsWay() throws IOException {
    assertThat(registry.night(NEXT).exitCode()).isZero();
    Files.delete(registry.champion(2));
    Files.delete(registry.history(2));
    Registry opened = Registry.open(path(registry.folder()), new Configuration());
    opened.champions().promote(1, 1, "ada", "it is fine");

    CommandRun next = registry.nightWithoutSpark(NEXT);
    assertThat(next.exitCode()).as(next.err()).isZero();
    assertThat(registry.champion()).isEqualTo(1);
    assertThat(registry.last().status()).isEqualTo(Status.KEPT);
    assertThat(registry.last().message())
        .isEqualTo(
            "version 2 passed the gate, but another champion was named before it could be promoted; models promote 2 promotes it");
    assertThat(registry.last().champion()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "null", "{\"format\": \"onehot gate 1\"}"})
  void aDamagedVerdictHoldsNobodyUp(String damage) throws IOException {
    Files.writeString(registry.version(1).resolve("gate.json"), damage);
    Files.delete(registry.history(1));
    CommandRun run = registry.night(NEXT, "--iterations=1", "--warm-start", "--promote=never");
    assertThat(run.exitCode()).as(run.err()).isIn(0, 4);
    assertThat(registry.names("versions")).contains("000002");
    assertThat(registry.models("list").exitCode()).isZero();
    assertThat(registry.models("show", "1").exitCode()).isZero();
  }

  @Test
  void aRegistryIsTheModelOfItsChampion() throws IOException {
    String champion = "--model=" + registry.folder();
    String test = shared.resolve("in/" + NEXT) + "/t10k-images*";
    CommandRun evaluated = CommandRun.of("evaluate", champion, "--input=" + test);
    assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
    assertThat(evaluated.err())
        .contains("model: " + registry.version(1) + ", the champion of " + registry.folder());
    CommandRun direct =
        CommandRun.of("evaluate", "--model=" + registry.version(1), "--input=" + test);
    assertThat(accuracy(evaluated)).isEqualTo(accuracy(direct)).startsWith("accuracy");

    Path predictions = registry.folder().resolveSibling("predictions");
    CommandRun predicted =
        CommandRun.of("predict", champion, "--input=" + test, "--out=" + predictions);
    assertThat(predicted.exitCode()).as(predicted.err()).isZero();
    assertThat(predictions.resolve("_SUCCESS")).exists();

    CommandRun reproduced = CommandRun.of("reproduce", champion);
    assertThat(reproduced.exitCode()).as(reproduced.err()).isZero();
    assertThat(reproduced.out()).startsWith("model           " + registry.version(1));
  }

  @Test
  void aVersionIsVerifiedAsAnyModelIs() throws IOException {
    CommandRun whole = CommandRun.of("models", "verify", registry.version(1).toString());
    assertThat(whole.exitCode()).as(whole.err()).isZero();
    assertThat(whole.out()).contains("files are as they were written");
    Files.writeString(registry.version(1).resolve("gate.json"), "{}");
    CommandRun changed = CommandRun.of("models", "verify", registry.version(1).toString());
    assertThat(changed.exitCode()).isEqualTo(3);
    assertThat(changed.out()).contains("changed  gate.json");
    CommandRun named = CommandRun.of("models", "verify", registry.folder().toString());
    assertThat(named.exitCode()).isEqualTo(3);
    assertThat(named.out()).contains("changed  versions/000001/gate.json");
  }

  @Test
  void aRegistryThatIsNamedInPlaceOfAModelIsVerified() throws IOException {
    CommandRun whole = CommandRun.of("models", "verify", registry.folder().toString());
    assertThat(whole.exitCode()).as(whole.err()).isZero();
    assertThat(whole.out())
        .isEqualTo(registry.models("verify").out())
        .startsWith(registry.folder() + ": all ");

    Files.writeString(registry.version(1).resolve("W1.npy"), "x");
    CommandRun changed = CommandRun.of("models", "verify", registry.folder().toString());
    assertThat(changed.exitCode()).isEqualTo(3);
    assertThat(changed.out()).isEqualTo("changed  versions/000001/W1.npy\n");
  }

  @Test
  void aRunThatStillGoesOnIsNamed() throws IOException {
    Registry opened = Registry.open(path(registry.folder()), new Configuration());
    try (RegistryLock lock = opened.lock("20261130T021500Z-3f2a", line -> {})) {
      lock.require();
      for (CommandRun run : List.of(registry.nightWithoutSpark(NEXT), registry.models("prune"))) {
        assertThat(run.exitCode()).isEqualTo(75);
        assertThat(run.lastError())
            .matches(
                "onehot: --registry %s: run 20261130T021500Z-3f2a holds the lock \\(process %d on \\S+, since \\S+\\); try again when it has ended"
                    .formatted(registry.folder(), ProcessHandle.current().pid()));
      }
      // Reading needs no lock.
      assertThat(registry.champion()).isEqualTo(1);
      assertThat(registry.history()).hasSize(1);
    }
    registry.assertTidy();
  }

  @Test
  void theLockOfAProcessThatHasEndedIsTakenOverAndSaidToBe() throws IOException {
    Registry opened = Registry.open(path(registry.folder()), new Configuration());
    Path file = registry.folder().resolve(".lock");
    String held;
    try (RegistryLock lock = opened.lock("killed", line -> {})) {
      lock.require();
      held = Files.readString(file);
    }
    // As if another process had had this id before.
    Files.writeString(
        file, held.replaceFirst("\"started\": \"[^\"]+", "\"started\": \"2026-01-02T03:04:05Z"));
    CommandRun run = registry.nightWithoutSpark(FIRST);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err().lines().findFirst().orElseThrow())
        .matches(
            "--registry %s: run killed \\(process \\d+ on \\S+, since 2026-01-02T03:04:05Z\\) no longer lives: this run takes its place"
                .formatted(registry.folder()));
    registry.assertTidy();
  }

  private static String accuracy(CommandRun run) {
    return run.out().lines().filter(line -> line.startsWith("accuracy")).findFirst().orElseThrow();
  }

  private static org.apache.hadoop.fs.Path path(Path local) {
    return new org.apache.hadoop.fs.Path(local.toString());
  }
}
