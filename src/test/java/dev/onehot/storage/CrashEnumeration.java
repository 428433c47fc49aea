package dev.onehot.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Ends a process after every single change of its files, one after another, looks with the eyes of
 * a reader, and lets the next process do the same again. Then once more, where what was not synced
 * is lost.
 */
public final class CrashEnumeration {

  private final Path folder;
  private final Configuration hadoop;
  private final FileSystem plain;

  /** Something that changes files. The folder is a new one each time. */
  public interface Scenario {

    /** What is there before. */
    default void prepare(Path folder, Configuration hadoop) throws Exception {}

    /** The work of one process. It takes its file systems from this configuration. */
    void run(Path folder, Configuration hadoop) throws Exception;

    /** What a reader sees, in words that do not differ from run to run. */
    String read(Path folder, Configuration hadoop) throws Exception;

    /** What a reader may see besides what was there before, and what is there afterwards. */
    default Set<String> between() {
      return Set.of();
    }

    /** Whether the work can be done again when it is done. */
    default boolean repeatable() {
      return false;
    }
  }

  /**
   * @param folder a folder of a local file system or HDFS
   */
  public CrashEnumeration(Path folder, Configuration hadoop) throws IOException {
    this.hadoop = new Configuration(hadoop);
    // For waiting in vain.
    this.hadoop.set("onehot.claim.patience", "60ms");
    plain = Storage.of(folder, this.hadoop);
    this.folder = plain.makeQualified(folder);
  }

  /**
   * Runs a scenario to its end, and then to every point before.
   *
   * @return the number of these points
   */
  public int every(Scenario scenario) throws Exception {
    return every(scenario, 1);
  }

  /**
   * The same for some of the points.
   *
   * @param stride for one of so many points
   */
  public int every(Scenario scenario, int stride) throws Exception {
    Path whole = begin(scenario);
    final String before = scenario.read(whole, hadoop);
    Crash none = new Crash(plain, Integer.MAX_VALUE);
    scenario.run(whole, none.configuration(hadoop));
    none.bury(whole);
    String after = scenario.read(whole, hadoop);
    Set<String> names = names(whole);
    none.loseUnsynced();
    assertThat(scenario.read(whole, hadoop)).as("after a power cut at the end").isEqualTo(after);

    Set<String> allowed = new TreeSet<>(scenario.between());
    allowed.addAll(List.of(before, after));
    for (int changes = 0; changes < none.changes(); changes += stride) {
      for (boolean powerCut : new boolean[] {false, true}) {
        String point =
            "after change %d of %d%s"
                .formatted(changes, none.changes(), powerCut ? " and a power cut" : "");
        Path here = begin(scenario);
        crash(scenario, here, changes, powerCut, point);
        String seen = scenario.read(here, hadoop);
        assertThat(seen).as(point).isIn(allowed);
        if (!seen.equals(after) || scenario.repeatable()) {
          try {
            scenario.run(here, hadoop);
          } catch (Exception e) {
            throw new AssertionError("the run " + point + " failed: " + e.getMessage(), e);
          }
          assertThat(scenario.read(here, hadoop)).as("the run " + point).isEqualTo(after);
          assertThat(names(here)).as("what is left by the run " + point).isEqualTo(names);
        }
        plain.delete(here, true);
      }
    }
    return none.changes();
  }

  private Path begin(Scenario scenario) throws Exception {
    Path here = new Path(folder, UUID.randomUUID().toString());
    plain.mkdirs(here);
    scenario.prepare(here, hadoop);
    return here;
  }

  private void crash(Scenario scenario, Path here, int changes, boolean powerCut, String point)
      throws Exception {
    Crash crash = new Crash(plain, changes);
    try {
      scenario.run(here, crash.configuration(hadoop));
    } catch (Exception e) {
      if (!crash.happened()) {
        throw new AssertionError("failed before the end came " + point, e);
      }
    }
    assertThat(crash.happened()).as(point).isTrue();
    if (powerCut) {
      crash.loseUnsynced();
    }
    crash.bury(here);
  }

  /** All names below a folder but those of files that a process was about to write aside. */
  private Set<String> names(Path below) throws IOException {
    Set<String> names = new TreeSet<>();
    for (FileStatus file : plain.listStatus(below)) {
      Path path = file.getPath();
      if (WholeFile.aside(".*").matcher(path.getName()).matches()) {
        continue;
      }
      names.add(path.getName());
      if (file.isDirectory()) {
        names(path).forEach(name -> names.add(path.getName() + "/" + name));
      }
    }
    return names;
  }

  /** A directory's files with their content, for {@link Scenario#read}; "nothing" without one. */
  public static String content(Path directory, Configuration hadoop) throws IOException {
    FileSystem files = Storage.of(directory, hadoop);
    if (!files.exists(directory)) {
      return "nothing";
    }
    if (files.getFileStatus(directory).isFile()) {
      return text(files, directory);
    }
    return Arrays.stream(files.listStatus(directory))
        .filter(file -> file.isFile() && !file.getPath().getName().startsWith("."))
        .map(FileStatus::getPath)
        .sorted()
        .map(
            file -> {
              try {
                return file.getName() + "=" + text(files, file);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            })
        .collect(Collectors.joining(" "));
  }

  private static String text(FileSystem files, Path file) throws IOException {
    try (java.io.InputStream in = files.open(file)) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }
}
