package dev.onehot.data;

import dev.onehot.failure.SettingNames;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Rows of files that have to be read before anybody knows how many they are. {@link #surveyed}
 * reads them once, keeps them in Spark's cache, and gives the source that has all of {@link
 * RowSource}.
 *
 * @param input the opened files
 * @param options how bad rows and missing values are treated
 * @param mostRows the most rows to use, from the first
 * @param hadoop opens the files
 */
public record PieceSource(
    PieceInput input, FormatOptions options, long mostRows, Configuration hadoop)
    implements UnsurveyedSource {

  /** A partition reads about so many bytes at the most. */
  private static final long MOST_BYTES = 128L << 20;

  @Override
  public String adviceOnBadRows() {
    return SettingNames.format(
        options.maxBadRows() == 0
            ? "mend the file, or give ⟨max-bad-rows⟩ to leave such rows out"
            : "mend the file, or give a larger ⟨max-bad-rows⟩");
  }

  @Override
  public String adviceOnLabels() {
    return SettingNames.format("name the column of the classes by ⟨label-column⟩");
  }

  @Override
  public RowSource surveyed(
      JavaSparkContext spark,
      KnownRows known,
      int cores,
      Consumer<String> notes,
      LongConsumer progress) {
    PieceInput read = input;
    while (true) {
      Pieces pieces = pieces(spark, read, cores).cached(description());
      try {
        PieceSurvey survey = pieces.survey(progress);
        Optional<PieceInput> again = read.readAgain(notes(survey, read.splits().size()));
        if (again.isEmpty()) {
          return SurveyedSource.of(
              this,
              pieces,
              new SurveyCheck(this, survey, known, options.maxBadRows(), mostRows),
              notes);
        }
        pieces.rdd().unpersist(false);
        read = again.get();
      } catch (RuntimeException e) {
        pieces.rdd().unpersist(false);
        throw e;
      }
    }
  }

  @Override
  public String withoutRows() {
    return input.withoutRows();
  }

  private Pieces pieces(JavaSparkContext spark, PieceInput read, int cores) {
    List<? extends PieceSplit> splits = read.splits();
    long bytes = splits.stream().mapToLong(PieceSplit::bytes).sum();
    long partitions = Math.max(cores, (bytes + MOST_BYTES - 1) / MOST_BYTES);
    PieceRdd pieces =
        new PieceRdd(
            spark.sc(),
            splits,
            (int) Math.min(splits.size(), partitions),
            options.maxBadRows(),
            spark.broadcast(new SerializableConfiguration(hadoop)));
    return new Pieces(pieces.toJavaRDD(), pieces.firstSplits());
  }

  private static List<long[]> notes(PieceSurvey survey, int splits) {
    long[][] notes = new long[splits][0];
    for (PieceSurvey.Entry entry : survey.entries()) {
      long[] former = notes[entry.split];
      notes[entry.split] = Arrays.copyOf(former, former.length + 1);
      notes[entry.split][former.length] = entry.note;
    }
    return List.of(notes);
  }

  @Override
  public boolean labelled() {
    return input.labelled();
  }

  @Override
  public List<String> featureNames() {
    return input.featureNames();
  }

  @Override
  public Optional<ImageShape> pictures() {
    return input.pictures();
  }

  @Override
  public String description() {
    return input.description();
  }

  @Override
  public List<String> files() {
    return input.files();
  }
}
