package dev.onehot.data;

import dev.onehot.failure.InputException;
import dev.onehot.math.ByteBlock;
import dev.onehot.math.FeatureScaling;
import dev.onehot.math.FeatureValues;
import dev.onehot.math.PowerOfTwo;
import dev.onehot.math.RowBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** Rows that were read once and lie in Spark's cache as pieces. */
final class SurveyedSource implements RowSource {

  /** Values count as held one by one if fewer than one in so many isn't 0. */
  private static final int DENSE_ONE_IN = 4;

  private final RowSource source;
  private final Pieces pieces;
  private final PieceForm form;
  private final FeatureValues values;
  private final long[] firstRows;
  private final long rows;
  private final boolean sparse;
  private final long bytesOfRow;
  private final List<String> notes;

  private SurveyedSource(
      RowSource source,
      Pieces pieces,
      PieceForm form,
      FeatureValues values,
      long[] firstRows,
      long rows,
      boolean sparse,
      long bytesOfRow,
      List<String> notes) {
    this.source = source;
    this.pieces = pieces;
    this.form = form;
    this.values = values;
    this.firstRows = firstRows;
    this.rows = rows;
    this.sparse = sparse;
    this.bytesOfRow = bytesOfRow;
    this.notes = notes;
  }

  /**
   * Checks a survey, and makes a source of it.
   *
   * @param source what was read
   * @param pieces all its pieces, cached
   * @param check knows their survey
   * @param notes gets lines for the user, such as how many rows were left out
   * @throws InputException if rows are bad, or don't fit
   */
  static SurveyedSource of(
      RowSource source, Pieces pieces, SurveyCheck check, Consumer<String> notes) {
    List<String> noted = new ArrayList<>();
    Consumer<String> note = notes.andThen(noted::add);
    check.requireGoodRows(note);
    int features = check.features();
    PieceSurvey survey = check.survey();
    boolean bytes = survey.fitsBytes() && features <= ByteBlock.MAX_FEATURES;
    FeatureValues values =
        bytes
            ? ByteBlock.VALUES
            : FeatureValues.real(survey.exponents(features), FeatureScaling.uniform(1));
    PieceForm form =
        new PieceForm(
            features,
            check.labels(),
            bytes ? null : values,
            check.means(pieces, values, note),
            survey.weighted() ? (short) PowerOfTwo.exponentOf(survey.largestWeight()) : null);
    boolean sparse = survey.nonZeros() * DENSE_ONE_IN < survey.rows() * features;
    return new SurveyedSource(
        source,
        pieces,
        form,
        values,
        check.firstRows(pieces.firstSplits()),
        check.rows(),
        sparse,
        bytes ? features : sparse ? bytesOfSparseRow(survey) : (long) Float.BYTES * features,
        List.copyOf(noted));
  }

  private static long bytesOfSparseRow(PieceSurvey survey) {
    return 2 * Float.BYTES * (survey.nonZeros() / survey.rows() + 1);
  }

  @Override
  public boolean isSparse() {
    return sparse;
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  @Override
  public void forget() {
    pieces.rdd().unpersist(false);
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public int features() {
    return form.features();
  }

  @Override
  public FeatureValues values() {
    return values;
  }

  @Override
  public boolean labelled() {
    return source.labelled();
  }

  @Override
  public boolean weighted() {
    return form.weightExponent() != null;
  }

  @Override
  public int weightExponent() {
    return weighted() ? form.weightExponent() : 0;
  }

  @Override
  public List<String> classLabels() {
    return form.labels();
  }

  @Override
  public List<String> featureNames() {
    return source.featureNames();
  }

  @Override
  public double[] means() {
    return form.means();
  }

  @Override
  public Optional<ImageShape> pictures() {
    return source.pictures();
  }

  @Override
  public String description() {
    return source.description();
  }

  @Override
  public List<String> files() {
    return source.files();
  }

  @Override
  public long bytesOfRow() {
    return bytesOfRow;
  }

  @Override
  public JavaRDD<RowBlock> blocks(
      JavaSparkContext spark, int partitions, HeldBackRows heldBack, Consumer<String> notes) {
    requireLabels();
    return new PieceBlocksRdd(
            pieces.rdd(),
            firstRows,
            BlockGrid.of(rows, partitions),
            BlockGroups.ofBytes(rows, bytesOfRow),
            form,
            heldBack)
        .toJavaRDD();
  }

  @Override
  public JavaRDD<RowChunk> rowsInOrder(JavaSparkContext spark, int partitions) {
    return new PieceChunksRdd(pieces.rdd(), firstRows, rows, form).toJavaRDD();
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%,d rows of %s", rows, description());
  }
}
