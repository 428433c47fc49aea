package dev.onehot.predict;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * What tasks have written, and how long it took them.
 *
 * <p>Not a record: Spark sends it with {@code spark.serializer}, and Kryo cannot read records.
 */
public final class WrittenParts implements Serializable {

  private static final long serialVersionUID = 1L;

  private final HashMap<String, Long> lengths = new HashMap<>();
  private long rows;
  private long correct;
  private long unknown;
  private long readingNanos;
  private long scoringNanos;
  private long writingNanos;

  /** How many files there are. */
  public int files() {
    return lengths.size();
  }

  /** The bytes of all files together. */
  public long bytes() {
    return lengths.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many rows there are. */
  public long rows() {
    return rows;
  }

  /** How many rows have the label that the model gives them; 0 if rows have no labels. */
  public long correct() {
    return correct;
  }

  /** How many rows have a label that is no class of the model; 0 if rows have no labels. */
  public long unknown() {
    return unknown;
  }

  /** The time of all tasks for reading rows, together, in nanoseconds. */
  public long readingNanos() {
    return readingNanos;
  }

  /** The time of all tasks for scoring rows. */
  public long scoringNanos() {
    return scoringNanos;
  }

  /** The time of all tasks for making text and writing it. */
  public long writingNanos() {
    return writingNanos;
  }

  /** The length of each file. */
  Map<String, Long> lengths() {
    return lengths;
  }

  void addRows(ScoredRows scored) {
    rows += scored.count();
    correct += scored.correct();
    unknown += scored.unknown();
  }

  void addTimes(long reading, long scoring, long writing) {
    readingNanos += reading;
    scoringNanos += scoring;
    writingNanos += writing;
  }

  void addFile(String name, long bytes) {
    lengths.put(name, bytes);
  }

  WrittenParts merge(WrittenParts other) {
    lengths.putAll(other.lengths);
    rows += other.rows;
    correct += other.correct;
    unknown += other.unknown;
    addTimes(other.readingNanos, other.scoringNanos, other.writingNanos);
    return this;
  }
}
