package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights whose rows have other classes or columns than those that the champion knows. */
class NightlyChangesIT {

  private static final int ROWS = 400;

  @TempDir private Path folder;

  @Test
  void aNewClassOrColumnComesInByForce() throws IOException {
    NightlyRegistry registry =
        NightlyRegistry.of(
            folder.resolve("registry"), "--data=" + folder + "/{date}", "--format=csv");
    rows("2028-01-01", "size,weight", "cat", "dog");
    CommandRun run = registry.night("2028-01-01");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err())
        .contains("test rows: none, so the model is tested on nothing but the rows held back");

    rows("2028-01-02", "size,weight", "cat", "dog", "emu");
    run = registry.night("2028-01-02");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.lastError())
        .endsWith(
            "train.csv: row 3, label: found \"emu\", expected a class of the champion, version 1: \"cat\", \"dog\"; leave such rows out, or give --promote force for a champion of tonight's columns and classes");
    run = registry.night("2028-01-02", "--promote=force");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(registry.champion()).isEqualTo(2);

    rows("2028-01-03", "size,mass", "cat", "dog", "emu");
    run = registry.night("2028-01-03");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.lastError())
        .endsWith(
            "train.csv: column weight: found none but mass, expected it as in the champion, version 2; add it, or give --promote force for a champion of tonight's columns and classes");
    run = registry.night("2028-01-03", "--promote=force");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(registry.champion()).isEqualTo(3);

    // As many classes as before, but others.
    rows("2028-01-04", "size,mass", "cat", "dog", "gnu");
    run = registry.night("2028-01-04", "--promote=force");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .contains(
            "the champion has other columns or classes, so the new model is not compared with it");
    assertThat(registry.champion()).isEqualTo(4);
  }

  @Test
  void aModelOfANightWithoutOneOfTheChampionsClassesIsReproduced() throws IOException {
    NightlyRegistry registry =
        NightlyRegistry.of(
            folder.resolve("registry"), "--data=" + folder + "/{date}", "--format=csv");
    rows("2028-01-01", "size,weight", "cat", "dog");
    Files.writeString(
        folder.resolve("2028-01-01/train.csv"), "9.5,0.5,emu\n", StandardOpenOption.APPEND);
    CommandRun run = registry.night("2028-01-01", "--activation=identity", "--min-recall=0");
    assertThat(run.exitCode()).as(run.err()).isZero();
    rows("2028-01-02", "size,weight", "cat", "dog");
    run = registry.night("2028-01-02", "--activation=identity", "--min-recall=0");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(registry.json(2, "model.json").getAsJsonArray("classNames")).hasSize(3);

    run = CommandRun.of("reproduce", "--model=" + registry.version(2));

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains(registry.w1Sha256(2));
  }

  /** Writes rows of a date: each class has a size of its own. */
  private void rows(String date, String features, String... classes) throws IOException {
    Random random = new Random(3);
    StringBuilder text = new StringBuilder(features + ",label\n");
    for (int r = 0; r < ROWS; r++) {
      int c = r % classes.length;
      text.append(
          String.format(
              Locale.ROOT,
              "%.3f,%.3f,%s%n",
              c + random.nextDouble(),
              random.nextDouble(),
              classes[c]));
    }
    Path day = Files.createDirectories(folder.resolve(date));
    Files.writeString(day.resolve("train.csv"), text);
  }
}
