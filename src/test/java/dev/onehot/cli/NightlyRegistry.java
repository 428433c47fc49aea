package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.onehot.nightly.NightRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A registry on this machine, and the command {@code nightly} on it with rows of dated folders.
 *
 * @param data the paths of the rows and how they are trained on, as options
 */
record NightlyRegistry(Path folder, List<String> data) {

  /** Few iterations, which are enough for digits that are easy to tell apart. */
  private static final List<String> TRAIN = List.of("--iterations=15", "--partitions=1");

  static NightlyRegistry of(Path folder, String... data) {
    return new NightlyRegistry(folder, List.of(data));
  }

  /** A copy of its files elsewhere. */
  NightlyRegistry copy(Path to) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path from : all.toList()) {
        Files.copy(from, to.resolve(folder.relativize(from).toString()));
      }
    }
    return new NightlyRegistry(to, data);
  }

  /** Runs the command in this JVM. Of an option given twice the last one counts. */
  CommandRun night(String date, String... options) {
    List<String> all = new ArrayList<>(arguments(date, options));
    return CommandRun.of(all.toArray(String[]::new));
  }

  /** The same where Spark cannot start. */
  CommandRun nightWithoutSpark(String date, String... options) {
    return SparkSettings.with(Map.of("spark.master", "no-such-master"), () -> night(date, options));
  }

  List<String> arguments(String date, String... options) {
    List<String> all = new ArrayList<>(List.of("nightly", "--registry=" + folder));
    all.add("--run-date=" + date);
    all.addAll(TRAIN);
    for (String option : Stream.concat(data.stream(), Stream.of(options)).toList()) {
      String name = option.split("=")[0];
      all.removeIf(before -> before.split("=")[0].equals(name));
      all.add(option);
    }
    return all;
  }

  /** One of {@code models …}. */
  CommandRun models(String... words) {
    List<String> all = new ArrayList<>(List.of("models"));
    all.addAll(List.of(words));
    all.add("--registry=" + folder);
    return CommandRun.of(all.toArray(String[]::new));
  }

  Path version(int number) {
    return folder.resolve(String.format(Locale.ROOT, "versions/%06d", number));
  }

  Path champion(int number) {
    return folder.resolve(String.format(Locale.ROOT, "champion/%06d.json", number));
  }

  Path history(int number) {
    return folder.resolve(String.format(Locale.ROOT, "history/%06d.json", number));
  }

  /** The version that {@code models show} calls the champion; 0 without one. */
  int champion() {
    CommandRun shown = models("show");
    return shown.exitCode() == 0
        ? Integer.parseInt(
            shown.out().lines().findFirst().orElseThrow().replaceAll("version +", ""))
        : 0;
  }

  List<NightRecord> history() {
    return models("history").out().lines().map(NightRecord::parse).toList();
  }

  NightRecord last() {
    return history().stream().reduce((first, second) -> second).orElseThrow();
  }

  JsonObject json(int version, String file) throws IOException {
    return JsonParser.parseString(Files.readString(version(version).resolve(file)))
        .getAsJsonObject();
  }

  JsonObject provenance(int version) throws IOException {
    return json(version, "model.json").getAsJsonObject("provenance");
  }

  String w1Sha256(int version) throws IOException {
    return json(version, "run.json").get("w1Sha256").getAsString();
  }

  /** All names in a folder of the registry, hidden ones included, sorted. */
  List<String> names(String of) throws IOException {
    Path inside = folder.resolve(of);
    if (!Files.exists(inside)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(inside)) {
      return found
          .map(path -> path.getFileName().toString())
          .sorted(Comparator.naturalOrder())
          .toList();
    }
  }

  /** Nothing is there but versions, champions and the history. */
  void assertTidy() throws IOException {
    assertThat(names("")).containsExactly("champion", "history", "versions");
    for (String folderOf : List.of("champion", "history", "versions")) {
      assertThat(names(folderOf)).noneMatch(name -> name.startsWith("."));
    }
  }
}
