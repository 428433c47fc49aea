package dev.onehot.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.onehot.ProjectHome;
import dev.onehot.data.KnownRows;
import dev.onehot.data.RowSource;
import dev.onehot.data.vectors.LabelledVector;
import dev.onehot.data.vectors.VectorSource;
import dev.onehot.evaluate.Calibration;
import dev.onehot.evaluate.Evaluation;
import dev.onehot.evaluate.Evaluator;
import dev.onehot.math.Activation;
import dev.onehot.math.ScalingKind;
import dev.onehot.model.SoftmaxModel;
import dev.onehot.train.ClassWeights;
import dev.onehot.train.TrainingOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Trains on iris and on digits of 8 × 8 pixels, whose features are scaled and shifted one by one.
 *
 * <p>The losses to compare with are those of scikit-learn 1.2.1: {@code LogisticRegression} with
 * lbfgs, {@code tol=1e-12} and {@code C = 1/(0.01·Σw)} on features with a mean of 0 and a deviation
 * of 1; then {@code Σ w·(−log p)/Σ w + 0.01/2·‖coef_‖²}. Its penalty has the same optimum as ours,
 * which leaves out the biases, too.
 */
class ScaledRowsIT {

  private static final double L2 = 0.01;

  /** Weights of 1 to 7, which depend on a row's position. */
  private static final int WEIGHTS = 7;

  private static JavaSparkContext spark;

  @BeforeAll
  static void startSpark() {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[2]")
                .setAppName("ScaledRowsIT")
                .set("spark.ui.enabled", "false"));
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  /** What there is to train and to test on. */
  private record Rows(List<LabelledVector> training, List<LabelledVector> test) {

    /** Row i of those to train on gets the weight 1 + i mod 7. */
    Rows weighted() {
      return new Rows(
          IntStream.range(0, training.size())
              .mapToObj(i -> training.get(i).withWeight(1 + i % WEIGHTS))
              .toList(),
          test);
    }

    /** Each feature gets the mean 0 and the deviation 1 of the rows to train on. */
    Rows standardized() {
      int features = training.get(0).features().size();
      double[] mean = new double[features];
      double[] deviation = new double[features];
      for (int j = 0; j < features; j++) {
        int feature = j;
        mean[j] =
            training.stream()
                .mapToDouble(row -> row.features().apply(feature))
                .average()
                .getAsDouble();
        deviation[j] =
            Math.sqrt(
                training.stream()
                    .mapToDouble(row -> Math.pow(row.features().apply(feature) - mean[feature], 2))
                    .average()
                    .getAsDouble());
      }
      UnaryOperator<LabelledVector> scaled =
          row -> {
            double[] x = row.features().toArray();
            for (int j = 0; j < features; j++) {
              x[j] = (x[j] - mean[j]) / (deviation[j] == 0 ? 1 : deviation[j]);
            }
            return LabelledVector.of(row.label(), Vectors.dense(x));
          };
      return new Rows(training.stream().map(scaled).toList(), test.stream().map(scaled).toList());
    }
  }

  private static Rows iris() {
    Path folder = ProjectHome.iris();
    return new Rows(iris(folder.resolve("train.csv")), iris(folder.resolve("test.csv")));
  }

  private static List<LabelledVector> iris(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .skip(1)
          .map(line -> line.split(","))
          .map(
              cells ->
                  LabelledVector.of(
                      cells[4],
                      Vectors.dense(
                          Arrays.stream(cells, 0, 4).mapToDouble(Double::parseDouble).toArray())))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Rows digits() {
    Path folder = ProjectHome.digits8x8();
    return new Rows(digits(folder, "train"), digits(folder, "t10k"));
  }

  private static List<LabelledVector> digits(Path folder, String name) {
    try {
      byte[] pixels = Files.readAllBytes(folder.resolve(name + "-images-idx3-ubyte"));
      byte[] labels = Files.readAllBytes(folder.resolve(name + "-labels-idx1-ubyte"));
      List<LabelledVector> rows = new ArrayList<>();
      for (int r = 0; r + 8 < labels.length; r++) {
        double[] x = new double[64];
        for (int j = 0; j < 64; j++) {
          x[j] = Byte.toUnsignedInt(pixels[16 + r * 64 + j]);
        }
        rows.add(LabelledVector.of(labels[8 + r], Vectors.dense(x)));
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Data, and the test accuracy of scikit-learn's unregularized regression on them. */
  enum Data {
    IRIS(0.96),
    DIGITS(0.9118),
    STANDARDIZED_DIGITS(0.8967);

    private final double accuracy;

    Data(double accuracy) {
      this.accuracy = accuracy;
    }

    private Rows rows() {
      return switch (this) {
        case IRIS -> iris();
        case DIGITS -> digits();
        case STANDARDIZED_DIGITS -> digits().standardized();
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void withDefaultsATrainingIsAsGoodAsScikitLearns(Data data) {
    Rows rows = data.rows();

    TrainingOutcome outcome = train(rows, 2, options -> options);

    assertThat(accuracy(outcome, rows.test)).isGreaterThan(data.accuracy - 0.02);
    assertThat(outcome.deadClasses()).isEmpty();
  }

  @Test
  void irisHasTheOptimumOfScikitLearn() {
    assertOptimum(train(iris(), 2, ScaledRowsIT::toOptimum), 0.155138, 0.095499);
  }

  @Test
  void irisWithWeightsOfClassesHasTheOptimumOfScikitLearn() {
    ClassWeights weights = ClassWeights.parse("setosa=1,versicolor=5,virginica=0.25");
    TrainingOutcome outcome =
        train(iris(), 2, options -> toOptimum(options).withClassWeights(weights));

    assertOptimum(outcome, 0.107086, 0.058339);
  }

  @Test
  void irisWithWeightsOfRowsHasTheOptimumOfScikitLearn() {
    assertOptimum(train(iris().weighted(), 2, ScaledRowsIT::toOptimum), 0.153253, 0.092903);
  }

  @Test
  void irisWithWeightsOfRowsAndClassesHasTheOptimumOfScikitLearn() {
    ClassWeights weights = ClassWeights.parse("setosa=1,versicolor=5,virginica=0.25");
    TrainingOutcome outcome =
        train(iris().weighted(), 2, options -> toOptimum(options).withClassWeights(weights));

    assertOptimum(outcome, 0.113847, 0.062930);
  }

  @Test
  void irisWithFewOfAClassHasTheBalancedOptimumOfScikitLearn() {
    List<LabelledVector> all = iris().training;
    List<LabelledVector> few =
        IntStream.range(0, all.size())
            .filter(i -> i % 4 == 0 || !all.get(i).label().equals("virginica"))
            .mapToObj(all::get)
            .toList();
    TrainingOutcome outcome =
        train(
            new Rows(few, List.of()),
            2,
            options -> toOptimum(options).withClassWeights(ClassWeights.balanced()));

    assertOptimum(outcome, 0.137633, 0.094455);
  }

  @Test
  void digitsHaveTheOptimaOfScikitLearn() {
    UnaryOperator<TrainingOptions> standard =
        options -> toOptimum(options).withScale(ScalingKind.STANDARD);

    assertOptimum(train(digits(), 2, standard), 0.118099, 0.123190);
    assertOptimum(
        train(
            digits(),
            2,
            options -> standard.apply(options).withClassWeights(ClassWeights.parse("8=10,3=0.5"))),
        0.113533,
        0.112526);
    assertOptimum(
        train(
            digits(),
            2,
            options -> standard.apply(options).withClassWeights(ClassWeights.balanced())),
        0.118269,
        0.123345);
    assertOptimum(train(digits().weighted(), 2, standard), 0.116694, 0.123978);
  }

  @Test
  void shiftsAndWeightsGiveTheSameBitsForAnyPartitions() {
    UnaryOperator<TrainingOptions> options =
        all -> all.withIterations(8).withClassWeights(ClassWeights.parse("8=10,3=0.5"));
    Rows rows = digits().standardized().weighted();

    Vector expected = weights(train(rows, 1, options));

    for (int partitions : new int[] {2, 3}) {
      assertThat(weights(train(rows, partitions, options))).isEqualTo(expected);
    }
  }

  @Test
  void anEvaluationIsWeighted() {
    Rows rows = digits();
    TrainingOutcome outcome = train(rows, 2, options -> options.withIterations(3));
    List<LabelledVector> test =
        IntStream.range(0, rows.test.size())
            .mapToObj(i -> rows.test.get(i).withWeight(0.3 * (1 + i % WEIGHTS)))
            .toList();

    Evaluation one = evaluate(outcome, test, 1);

    double weight = 0;
    double right = 0;
    double loss = 0;
    for (LabelledVector row : test) {
      Prediction prediction = outcome.model().score(row.features());
      int label = outcome.model().model().labels().indexOf(row.label());
      double w = (float) row.weight();
      weight += w;
      right += prediction.classIndex() == label ? w : 0;
      loss -= w * Math.log(prediction.probabilities().apply(label));
    }
    assertThat(one.rows()).isEqualTo(test.size());
    assertThat(one.confusion().weight()).isCloseTo(weight, within(1e-9));
    assertThat(one.accuracy()).isCloseTo(right / weight, within(1e-12)).isBetween(0.5, 0.99);
    assertThat(one.loss()).isCloseTo(loss / weight, within(1e-9));
    assertThat(one.calibration().bins().stream().mapToDouble(Calibration.Bin::weight).sum())
        .isCloseTo(weight, within(1e-9));
    assertThat(evaluate(outcome, test, 3)).usingRecursiveComparison().isEqualTo(one);
  }

  private static Evaluation evaluate(
      TrainingOutcome outcome, List<LabelledVector> rows, int partitions) {
    SoftmaxModel model = outcome.model().model();
    KnownRows known = new KnownRows(model.features(), List.of(), model.labels(), null);
    RowSource source =
        VectorSource.of(spark.parallelize(rows, partitions))
            .surveyed(spark, known, 2, note -> {}, count -> {});
    return new Evaluator(spark, source, partitions, count -> {}).evaluate(model);
  }

  private static Vector weights(TrainingOutcome outcome) {
    assertThat(outcome.model().bias()).isNotNull();
    return Vectors.dense(outcome.model().weights().toArray());
  }

  /** Without a gate, until hardly anything changes. */
  private static TrainingOptions toOptimum(TrainingOptions options) {
    return options.withActivation(Activation.IDENTITY).withL2(L2).withIterations(150);
  }

  private static void assertOptimum(TrainingOutcome outcome, double loss, double penalty) {
    assertThat(outcome.metrics().loss()).isCloseTo(loss, within(1e-3));
    assertThat(outcome.metrics().loss() + outcome.metrics().penalty())
        .isCloseTo(loss + penalty, within(1e-4));
  }

  private static TrainingOutcome train(
      Rows rows, int partitions, UnaryOperator<TrainingOptions> options) {
    return new SoftmaxRegressionTrainer()
        .withPartitions(partitions)
        .withOptions(options)
        .train(spark.parallelize(rows.training, partitions + 1));
  }

  private static double accuracy(TrainingOutcome outcome, List<LabelledVector> rows) {
    return rows.stream()
        .mapToDouble(
            row -> outcome.model().score(row.features()).label().equals(row.label()) ? 1 : 0)
        .average()
        .getAsDouble();
  }
}
