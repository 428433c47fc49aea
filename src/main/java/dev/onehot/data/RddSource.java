package dev.onehot.data;

import dev.onehot.failure.InputException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Rows of an RDD that somebody else has made. Their order is that of the RDD: partition after
 * partition. {@link #surveyed} reads them once and keeps them in Spark's cache until blocks are
 * built from them, so that an RDD which isn't cached itself is computed once.
 *
 * @param pieces the rows; the {@link RowPiece#note} of each piece is the number of features of each
 *     of its rows, and their {@link RowPiece#file} is the description
 * @param description the RDD in a few words
 * @param labelled whether rows have labels
 */
public record RddSource(JavaRDD<RowPiece> pieces, String description, boolean labelled)
    implements UnsurveyedSource {

  @Override
  public List<String> files() {
    return List.of();
  }

  @Override
  public String adviceOnBadRows() {
    return "filter such rows out of the RDD";
  }

  @Override
  public String adviceOnLabels() {
    return "give each row the label of its class";
  }

  @Override
  public RowSource surveyed(
      JavaSparkContext spark,
      KnownRows known,
      int cores,
      Consumer<String> notes,
      LongConsumer progress) {
    Pieces placed = Pieces.of(pieces).cached(description);
    try {
      PieceSurvey survey = placed.survey(progress);
      SurveyCheck check = new SurveyCheck(this, survey, known, 0, Long.MAX_VALUE);
      check.requireGoodRows(notes);
      requireOneWidth(survey);
      return SurveyedSource.of(this, placed, check, notes);
    } catch (RuntimeException e) {
      placed.rdd().unpersist(false);
      throw e;
    }
  }

  /** Rows of one piece have as many features as each other; this compares the pieces. */
  private void requireOneWidth(PieceSurvey survey) {
    long row = 1;
    long features = -1;
    for (PieceSurvey.Entry entry : survey.entries()) {
      if (entry.rows > 0 && features < 0) {
        features = entry.note;
      }
      if (entry.rows > 0 && entry.note != features) {
        throw new InputException(
            String.format(
                Locale.ROOT,
                "%s: row %,d: found %,d features, expected %,d as in row 1; all vectors must have one size",
                description,
                row,
                entry.note,
                features));
      }
      row += entry.records;
    }
  }
}
