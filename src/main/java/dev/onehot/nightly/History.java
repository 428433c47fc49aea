package dev.onehot.nightly;

import com.google.gson.JsonParseException;
import dev.onehot.registry.NumberedFiles;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** What the runs of a registry told of themselves: one immutable file a run. */
public final class History {

  private final NumberedFiles files;

  /** What was read before, by number: files never change. */
  private final Map<Integer, Optional<NightRecord>> read = new HashMap<>();

  /**
   * @param files the registry's files
   */
  public History(NumberedFiles files) {
    this.files = files;
  }

  /** All runs in the order in which they ended, without files that cannot be read. */
  public List<NightRecord> all() throws IOException {
    List<NightRecord> all = new ArrayList<>();
    for (int number : files.numbers()) {
      if (!read.containsKey(number)) {
        read.put(number, read(number));
      }
      read.get(number).ifPresent(all::add);
    }
    return all;
  }

  /** Empty if the file is damaged: then it tells nothing, and holds nobody up. */
  private Optional<NightRecord> read(int number) throws IOException {
    try {
      return Optional.ofNullable(NightRecord.parse(files.text(number)))
          .filter(NightRecord::isWhole);
    } catch (JsonParseException e) {
      return Optional.empty();
    }
  }

  /** The run that has done all there is to do for a date; empty if none has. */
  Optional<NightRecord> finished(LocalDate date) throws IOException {
    return last(night -> night.status().isFinished() && date.toString().equals(night.runDate()));
  }

  /** The last run, however it ended; empty if there is none. */
  Optional<NightRecord> last() throws IOException {
    return last(night -> true);
  }

  /** The last run that ended as it should; empty if there is none. */
  Optional<NightRecord> lastSuccess() throws IOException {
    return last(night -> night.exitCode() == 0);
  }

  /** The highest number of a version that a run has made; 0 if none has. */
  int highestVersion() throws IOException {
    return all().stream()
        .map(NightRecord::version)
        .filter(Objects::nonNull)
        .max(Integer::compare)
        .orElse(0);
  }

  private Optional<NightRecord> last(Predicate<NightRecord> wanted) throws IOException {
    return all().stream().filter(wanted).reduce((first, second) -> second);
  }

  /** Adds a run. */
  void add(NightRecord night) throws IOException {
    files.append(night.json() + "\n");
  }
}
