package dev.onehot.bench;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.col;

import dev.onehot.data.DefaultPartitions;
import dev.onehot.data.KnownRows;
import dev.onehot.data.RowChunk;
import dev.onehot.data.RowSource;
import dev.onehot.job.InputOptions;
import dev.onehot.math.ByteBlock;
import dev.onehot.model.SoftmaxModel;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Spark MLlib with the same weights. Its rows come from the same files by Onehot's own reader, as
 * vectors in a data frame, which spares it the parsing of LIBSVM or CSV. The partitions are the
 * same, too. Spark's data source writes the CSV.
 */
record MllibPrediction(SparkSession spark, String model, String rows, boolean dense) {

  private static final double FEATURE_SCALE = ByteBlock.VALUES.scaling().scale(0);

  private static final StructType COLUMNS =
      new StructType()
          .add("row", DataTypes.LongType)
          .add("actual", DataTypes.IntegerType)
          .add("features", SQLDataTypes.VectorType());

  void write(String out) throws IOException {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    RowSource source =
        InputOptions.defaults()
            .withInput(new Path(rows))
            .open(KnownRows.nothing(), true, context.hadoopConfiguration(), note -> {});
    int partitions = DefaultPartitions.of(source, context.defaultParallelism());
    boolean asDense = dense;
    var vectors =
        source
            .rowsInOrder(context, partitions)
            .flatMap(chunk -> asDense ? denseRows(chunk) : sparseRows(chunk));
    regression()
        .transform(spark.createDataFrame(vectors, COLUMNS))
        .select(
            col("row"),
            col("prediction").cast(DataTypes.IntegerType).as("label"),
            array_max(vector_to_array(col("probability"), "float64")).as("probability"),
            col("actual"))
        .write()
        .option("header", true)
        .csv(out);
  }

  private LogisticRegressionModel regression() throws IOException {
    SoftmaxModel softmax = SoftmaxModel.load(java.nio.file.Path.of(model));
    int classes = softmax.classes();
    // Ours is features × classes, row after row: that is classes × features, column after column.
    DenseMatrix coefficients = new DenseMatrix(classes, softmax.features(), softmax.weights());
    return new LogisticRegressionModel(
        "onehot", coefficients, Vectors.dense(new double[classes]), classes, true);
  }

  private static Iterator<Row> denseRows(RowChunk chunk) {
    int features = chunk.features();
    float[] raw = new float[features];
    return IntStream.range(0, chunk.rows())
        .mapToObj(
            r -> {
              chunk.copyFeatures(r, raw);
              double[] values = new double[features];
              for (int j = 0; j < features; j++) {
                values[j] = raw[j] * FEATURE_SCALE;
              }
              return row(chunk, r, Vectors.dense(values));
            })
        .iterator();
  }

  private static Iterator<Row> sparseRows(RowChunk chunk) {
    int features = chunk.features();
    float[] raw = new float[features];
    int[] columns = new int[features];
    return IntStream.range(0, chunk.rows())
        .mapToObj(
            r -> {
              int count = chunk.copyNonZeros(r, columns, raw);
              double[] values = new double[count];
              for (int i = 0; i < count; i++) {
                values[i] = raw[i] * FEATURE_SCALE;
              }
              return row(chunk, r, Vectors.sparse(features, Arrays.copyOf(columns, count), values));
            })
        .iterator();
  }

  private static Row row(RowChunk chunk, int r, Vector features) {
    return RowFactory.create(chunk.firstPosition() + r, chunk.label(r), features);
  }
}
