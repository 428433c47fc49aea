package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.onehot.data.Digits;
import dev.onehot.data.ImageShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which rows a night trains on, and which ones it measures on, if there are none to test on. */
class NightlyRowsIT {

  private static final int DAY = 700;
  private static final List<String> DATES = List.of("2028-02-28", "2028-02-29", "2028-03-01");

  @TempDir private static Path shared;

  @BeforeAll
  static void writeDaysAndAllOfThemTogether() throws IOException {
    Digits all = Digits.random(5, DATES.size() * DAY, new ImageShape(6, 6));
    for (int d = 0; d < DATES.size(); d++) {
      Path folder = Files.createDirectories(shared.resolve("in/" + DATES.get(d)));
      all.slice(d * DAY, (d + 1) * DAY).write(folder, "");
    }
    all.write(Files.createDirectory(shared.resolve("all")), "");
  }

  @Test
  void aWindowOfDaysIsTrainedOnAsIfItsRowsStoodInOneFolder() throws IOException {
    NightlyRegistry window = NightlyRegistry.of(shared.resolve("window"), dated());
    NightlyRegistry whole =
        NightlyRegistry.of(shared.resolve("whole"), "--data=" + shared.resolve("all"));
    CommandRun run = window.night(DATES.get(2), "--days=3", "--promote=force");
    assertThat(run.exitCode()).as(run.err()).isZero();
    run = whole.night(DATES.get(2), "--promote=force");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(data(window, 1).get("fingerprint")).isEqualTo(data(whole, 1).get("fingerprint"));
    assertThat(data(window, 1).get("rows").getAsInt()).isEqualTo(3 * DAY);
    assertThat(window.w1Sha256(1)).isEqualTo(whole.w1Sha256(1));
    assertThat(data(window, 1).getAsJsonArray("files").toString())
        .containsSubsequence(DATES.get(0), DATES.get(1), DATES.get(2));

    // What was trained with dates can be trained again.
    CommandRun reproduced = CommandRun.of("models", "verify", window.version(1).toString());
    assertThat(reproduced.exitCode()).as(reproduced.err()).isZero();
    reproduced = CommandRun.of("reproduce", "--model=" + window.version(1));
    assertThat(reproduced.exitCode()).as(reproduced.err()).isZero();
  }

  @Test
  void rowsThatAreHeldBackOneNightAreHeldBackEveryNight() throws IOException {
    NightlyRegistry registry = NightlyRegistry.of(shared.resolve("held-back"), dated());
    // One day alone, the next alone, and then both, in which the rows stand elsewhere.
    List<String[]> nights =
        List.of(
            new String[] {DATES.get(0)},
            new String[] {DATES.get(1)},
            new String[] {DATES.get(1), "--days=2", "--again"});
    int[] heldBack = new int[nights.size()];
    for (int n = 0; n < nights.size(); n++) {
      String[] night = nights.get(n);
      String[] options = new String[night.length];
      System.arraycopy(night, 1, options, 0, night.length - 1);
      options[night.length - 1] = "--promote=force";
      CommandRun run = registry.night(night[0], options);
      assertThat(run.exitCode()).as(run.err()).isZero();
      heldBack[n] = registry.json(n + 1, "gate.json").get("rows").getAsInt();
      JsonObject data = data(registry, n + 1);
      // What the gate measures on and what was trained on are all rows together.
      assertThat(data.get("trainingRows").getAsInt() + heldBack[n])
          .isEqualTo(data.get("rows").getAsInt());
    }
    // So neither the champion nor the challenger was trained on the rows of the gate.
    assertThat(heldBack[0]).isBetween(40, 100);
    assertThat(heldBack[2]).isEqualTo(heldBack[0] + heldBack[1]);
    assertThat(registry.last().championAccuracy()).isNotNull();
    assertThat(registry.last().warnings()).noneMatch(line -> line.contains("it may know rows"));

    // With another seed other rows are held back.
    CommandRun other = registry.night(DATES.get(0), "--again", "--seed=7", "--promote=never");
    assertThat(registry.last().warnings())
        .as(other.err())
        .contains(
            "the champion, version 3, was trained with seed 1024 and validation-fraction 0.1, so it may know rows that the gate measures on, and look better than it is");
  }

  @Test
  void rowsOfWhichNoneIsHeldBackForTheGateAreNotTrainedOn() throws IOException {
    NightlyRegistry registry = NightlyRegistry.of(shared.resolve("none-held-back"), dated());
    CommandRun run = registry.night(DATES.get(0), "--train-rows=1", "--min-rows=1", "--classes=10");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
    assertThat(run.lastError()).contains("none of the 1 is held back for the gate to measure on");
    assertThat(registry.names("versions")).isEmpty();
  }

  @Test
  void aWindowIsCompleteOrThereIsNoNight() {
    NightlyRegistry registry = NightlyRegistry.of(shared.resolve("incomplete"), dated());
    CommandRun run = registry.nightWithoutSpark(DATES.get(2), "--days=4");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.lastError())
        .startsWith(
            "onehot: no data for the 4 days up to 2028-03-01: %s is not there; "
                .formatted(shared.resolve("in/2028-02-27")));
  }

  @Test
  void settingsThatNeedADateAreRefusedWithoutOne() {
    NightlyRegistry registry =
        NightlyRegistry.of(shared.resolve("undated"), "--data=" + shared.resolve("all"));
    CommandRun run = registry.nightWithoutSpark(DATES.get(0), "--days=2", "--wait-for-data=1s");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("--days 2 needs a path that holds {date}; --wait-for-data needs a path")
        .hasLineCount(1);
    assertThat(registry.folder()).doesNotExist();
  }

  private static String dated() {
    return "--data=" + shared.resolve("in/{date}");
  }

  private static JsonObject data(NightlyRegistry registry, int version) throws IOException {
    return registry.provenance(version).getAsJsonObject("data");
  }
}
