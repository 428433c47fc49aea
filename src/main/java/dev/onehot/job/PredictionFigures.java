package dev.onehot.job;

import dev.onehot.predict.WrittenParts;
import java.util.OptionalDouble;

/**
 * What a prediction has written, and how long it took.
 *
 * @param rows the number of rows
 * @param accuracy the share of rows whose label is the predicted one; empty if rows have no labels
 * @param files the number of files
 * @param bytes the bytes of all files together
 * @param seconds from the first task to the published directory
 * @param reading the share of the tasks' time spent in reading rows
 * @param scoring the share spent in scoring them
 * @param writing the share spent in making text and writing it
 */
public record PredictionFigures(
    long rows,
    OptionalDouble accuracy,
    int files,
    long bytes,
    double seconds,
    double reading,
    double scoring,
    double writing) {

  static PredictionFigures of(WrittenParts written, boolean labelled, double seconds) {
    double nanos = written.readingNanos() + written.scoringNanos() + written.writingNanos();
    return new PredictionFigures(
        written.rows(),
        labelled
            ? OptionalDouble.of((double) written.correct() / written.rows())
            : OptionalDouble.empty(),
        written.files(),
        written.bytes(),
        seconds,
        written.readingNanos() / nanos,
        written.scoringNanos() / nanos,
        written.writingNanos() / nanos);
  }
}
