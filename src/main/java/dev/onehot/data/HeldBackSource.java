package dev.onehot.data;

import dev.onehot.math.FeatureValues;
import dev.onehot.math.RowBlock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Only the rows of another source that are held back from training. They keep their positions.
 *
 * @param source all rows
 * @param heldBack which rows are held back
 * @param rows how many these are
 */
public record HeldBackSource(RowSource source, HeldBackRows heldBack, long rows)
    implements RowSource {

  @Override
  public int features() {
    return source.features();
  }

  @Override
  public FeatureValues values() {
    return source.values();
  }

  @Override
  public boolean labelled() {
    return source.labelled();
  }

  @Override
  public boolean weighted() {
    return source.weighted();
  }

  @Override
  public int weightExponent() {
    return source.weightExponent();
  }

  @Override
  public Optional<ImageShape> pictures() {
    return source.pictures();
  }

  @Override
  public String description() {
    return String.format(Locale.ROOT, "rows held back of %s", source.description());
  }

  @Override
  public List<String> files() {
    return source.files();
  }

  /** There are none: nothing trains on these rows. */
  @Override
  public JavaRDD<RowBlock> blocks(
      JavaSparkContext spark, int partitions, HeldBackRows others, Consumer<String> notes) {
    throw new UnsupportedOperationException("rows that are held back are not trained on");
  }

  @Override
  public JavaRDD<RowChunk> rowsInOrder(JavaSparkContext spark, int partitions) {
    // Spark sends to the tasks what the function holds, and a source is not for them.
    HeldBackRows wanted = heldBack;
    return source.rowsInOrder(spark, partitions).flatMap(rows -> rows.only(wanted).iterator());
  }
}
