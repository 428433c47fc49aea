package dev.onehot.nightly;

import dev.onehot.failure.InputException;
import dev.onehot.failure.SettingNames;
import dev.onehot.job.DataOptions;
import dev.onehot.job.Dates;
import dev.onehot.report.Console;
import dev.onehot.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Makes sure that the data of all days are there.
 *
 * @param options names the data
 * @param patience how long to wait for {@code _SUCCESS} in each folder; null to ask for no such
 *     file
 */
record DatedData(DataOptions options, Duration patience, Configuration hadoop, Console console) {

  private static final String DONE = "_SUCCESS";
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
  private static final int LOOKS = 100;

  /**
   * Waits for the data if they are late.
   *
   * @throws InputException if the data of a day are missing; the message says what was looked for
   */
  void require() throws IOException {
    Set<Path> wanted = wanted();
    long end = patience == null ? 0 : System.nanoTime() + patience.toNanos();
    Set<Path> missing = missing(wanted);
    if (patience != null && !missing.isEmpty()) {
      console.line(
          String.format(Locale.ROOT, "waiting up to %s for %s", text(patience), listed(missing)));
    }
    while (patience != null && !missing.isEmpty() && System.nanoTime() < end) {
      pause();
      missing = missing(missing);
    }
    if (!missing.isEmpty()) {
      throw new InputException(
          patience == null
              ? SettingNames.format(
                  "no data for %s: %s; run again when they are there, or give ⟨wait-for-data⟩ 2h",
                  dates(), reasons(missing))
              : String.format(
                  Locale.ROOT,
                  "no data for %s: after %s %s still not there; run again when they are complete",
                  dates(),
                  text(patience),
                  listed(missing) + (missing.size() == 1 ? " is" : " are")));
    }
  }

  private String dates() {
    return options.dates().days() == 1
        ? options.dates().runDate().toString()
        : String.format(
            Locale.ROOT, "the %d days up to %s", options.dates().days(), options.dates().runDate());
  }

  /** The dated paths, or what says that the folder of each is complete. */
  private Set<Path> wanted() {
    Set<Path> wanted = new LinkedHashSet<>();
    Stream.of(options.data(), options.train(), options.test())
        .filter(Dates::isDated)
        .forEach(
            path ->
                options.dates().of(path).stream()
                    .map(dated -> patience == null ? dated : done(dated, path))
                    .forEach(wanted::add));
    return wanted;
  }

  private Path done(Path dated, Path template) {
    return Storage.child(template == options.data() ? dated : dated.getParent(), DONE);
  }

  private Set<Path> missing(Set<Path> wanted) throws IOException {
    Set<Path> missing = new LinkedHashSet<>();
    for (Path path : wanted) {
      if (!isThere(path)) {
        missing.add(path);
      }
    }
    return missing;
  }

  private boolean isThere(Path path) throws IOException {
    FileSystem files = Storage.of(path, hadoop);
    try {
      return files.getFileStatus(path).isFile() || files.listStatus(path).length > 0;
    } catch (FileNotFoundException e) {
      return false;
    } catch (IOException e) {
      throw new InputException(
          String.format(Locale.ROOT, "%s: cannot be read (%s)", path, Storage.reason(e, path)), e);
    }
  }

  /** What is wrong with each path: it is not there, or a folder without files. */
  private String reasons(Set<Path> missing) throws IOException {
    Set<Path> empty = new LinkedHashSet<>();
    for (Path path : missing) {
      if (Storage.of(path, hadoop).exists(path)) {
        empty.add(path);
      }
    }
    Set<Path> absent = new LinkedHashSet<>(missing);
    absent.removeAll(empty);
    return Stream.of(reason(absent, "not there"), reason(empty, "empty"))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static String reason(Set<Path> paths, String what) {
    return paths.isEmpty() ? "" : listed(paths) + (paths.size() == 1 ? " is " : " are ") + what;
  }

  private static String listed(Set<Path> paths) {
    List<String> names = paths.stream().map(Path::toString).toList();
    return names.stream().limit(4).collect(Collectors.joining(", "))
        + (names.size() > 4 ? String.format(Locale.ROOT, " and %d more", names.size() - 4) : "");
  }

  /** Such as {@code 2h} or {@code 1h30m}. */
  private static String text(Duration time) {
    return time.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  private void pause() throws IOException {
    Duration pause = patience.dividedBy(LOOKS);
    pause = pause.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : pause;
    pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for data");
    }
  }
}
