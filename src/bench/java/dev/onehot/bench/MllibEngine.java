package dev.onehot.bench;

import dev.ludovic.netlib.blas.BLAS;
import dev.onehot.data.HeldBackRows;
import dev.onehot.data.idx.IdxFiles;
import dev.onehot.data.idx.IdxSource;
import dev.onehot.data.mnist.MnistFolder;
import dev.onehot.math.ByteBlock;
import dev.onehot.math.RowBlock;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Spark MLlib's {@code LogisticRegression}: multinomial, no intercept, no regularization, so the
 * same model but for the gate, trained by L-BFGS. The input is cached, with a partition for each
 * core.
 */
final class MllibEngine implements Engine<LogisticRegressionModel> {

  private static final int CLASSES = 10;
  private static final double FEATURE_SCALE = ByteBlock.VALUES.scaling().scale(0);
  private static final String DENSE = "dense";

  private final SparkSession spark;
  private final MllibListener listener;
  private String folder;
  private Dataset<Row> training;
  private Dataset<Row> test;
  private boolean dense;
  private long trainingRows;
  private long testRows;

  private MllibEngine(SparkSession spark) {
    this.spark = spark;
    listener = new MllibListener(spark.sparkContext());
    spark.sparkContext().addSparkListener(listener);
  }

  public static void main(String[] args) throws IOException {
    EngineProcess.run(args, MllibEngine::new);
  }

  @Override
  public void load(String path) {
    folder = path;
    MnistFolder files =
        MnistFolder.open(new Path(folder), spark.sparkContext().hadoopConfiguration());
    training = vectors(files.train(), false).cache();
    test = vectors(files.test().orElseThrow(), false).cache();
    trainingRows = training.count();
    testRows = test.count();
  }

  private Dataset<Row> vectors(IdxFiles files, boolean asDense) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    JavaRDD<RowBlock> blocks =
        IdxSource.open(
                files.images(),
                files.labels(),
                CLASSES,
                Long.MAX_VALUE,
                context.hadoopConfiguration())
            .blocks(context, context.defaultParallelism(), HeldBackRows.none());
    StructType columns =
        new StructType()
            .add("label", DataTypes.DoubleType)
            .add("features", SQLDataTypes.VectorType());
    return spark.createDataFrame(blocks.flatMap(block -> rows(block, asDense)), columns);
  }

  private static Iterator<Row> rows(RowBlock block, boolean asDense) {
    return IntStream.range(0, block.rows())
        .mapToObj(
            r -> {
              double[] dense = new double[block.features()];
              block.forEachNonZero(r, (column, value) -> dense[column] = value * FEATURE_SCALE);
              Vector features = Vectors.dense(dense);
              return RowFactory.create(
                  (double) block.labels()[r], asDense ? features : features.toSparse());
            })
        .iterator();
  }

  @Override
  public long trainingRows() {
    return trainingRows;
  }

  @Override
  public long testRows() {
    return testRows;
  }

  /**
   * Vectors, and the megabytes of the blocks that the iterations read; 1 is MLlib's default.
   * Standardization isn't among them: without regularization MLlib always scales while it trains.
   */
  @Override
  public List<String> variants() {
    return List.of("sparse-1", "sparse-16", DENSE + "-16");
  }

  @Override
  public void prepare(String variant) {
    boolean wanted = variant.startsWith(DENSE);
    if (wanted != dense) {
      dense = wanted;
      training.unpersist(true);
      MnistFolder files =
          MnistFolder.open(new Path(folder), spark.sparkContext().hadoopConfiguration());
      training = vectors(files.train(), dense).cache();
      training.count();
    }
  }

  @Override
  public LogisticRegressionModel fit(String variant, int iterations) {
    LogisticRegression regression =
        new LogisticRegression()
            .setFamily("multinomial")
            .setFitIntercept(false)
            .setRegParam(0)
            .setTol(0)
            .setMaxIter(iterations)
            .setMaxBlockSizeInMB(Double.parseDouble(variant.substring(variant.indexOf('-') + 1)));
    listener.fitBegins();
    try {
      return regression.fit(training);
    } finally {
      listener.fitEnds();
    }
  }

  @Override
  public double testAccuracy(LogisticRegressionModel model) {
    return (double) model.transform(test).filter("prediction = label").count() / testRows;
  }

  @Override
  public void startRecording() {
    listener.startRecording();
  }

  @Override
  public List<Double> iterationMilliseconds() {
    return listener.iterationMilliseconds();
  }

  @Override
  public long cachedBytes() {
    return listener.cachedBytes();
  }

  @Override
  public Map<String, String> versions() {
    return Map.of("spark", spark.version(), "blas", BLAS.getInstance().getClass().getName());
  }
}
