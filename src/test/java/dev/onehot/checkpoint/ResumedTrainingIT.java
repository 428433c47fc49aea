package dev.onehot.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.data.DataProfile;
import dev.onehot.data.HeldBackRows;
import dev.onehot.data.digits.GeneratedSource;
import dev.onehot.math.ByteBlock;
import dev.onehot.math.RowBlock;
import dev.onehot.train.IterationMetrics;
import dev.onehot.train.OptimizerKind;
import dev.onehot.train.Preconditioning;
import dev.onehot.train.Trainer;
import dev.onehot.train.TrainingListener;
import dev.onehot.train.TrainingOptions;
import dev.onehot.train.TrainingResult;
import dev.onehot.train.TrainingSet;
import dev.onehot.train.TrainingSnapshot;
import dev.onehot.train.TrainingState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A training that stopped after any of its updates, and went on from the bytes of a checkpoint. */
class ResumedTrainingIT {

  private static final HeldBackRows HELD_BACK = new HeldBackRows(0.2, 1024);

  private static JavaSparkContext spark;
  private static TrainingSet data;

  @BeforeAll
  static void loadAFewDigits() {
    spark = new JavaSparkContext(new SparkConf().setAppName("resumed training"));
    JavaRDD<RowBlock> blocks =
        GeneratedSource.builtInTraining(600).blocks(spark, 2, HELD_BACK).cache();
    DataProfile profile = DataProfile.of(blocks, 784, 10);
    data =
        new TrainingSet(
            blocks,
            "a few digits",
            profile.fingerprint(),
            profile.trainingRows(),
            profile.rows() - profile.trainingRows(),
            10,
            ByteBlock.VALUES,
            profile.meanSquares(ByteBlock.VALUES.scaling()),
            null);
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GD,       NONE",
    "GD,       VARIANCE",
    "GD,       COVARIANCE",
    "NESTEROV, NONE",
    "NESTEROV, VARIANCE",
    "NESTEROV, INDEPENDENT",
    "NESTEROV, COVARIANCE",
    "ADAM,     NONE",
    "ADAM,     VARIANCE",
    "ADAM,     COVARIANCE"
  })
  void everyStopIsResumedToTheSameBits(OptimizerKind optimizer, Preconditioning precondition) {
    double rate = optimizer.defaultLearningRate(precondition);
    assertEveryStopIsResumed(options(optimizer, precondition, rate, 8, 0, 0));
  }

  @Test
  void soItIsWhenRisingLossesHaveHalvedTheLearningRate() {
    Ended ended =
        assertEveryStopIsResumed(
            options(OptimizerKind.NESTEROV, Preconditioning.COVARIANCE, 40, 8, 0, 0));
    assertThat(ended.measured.get(8).learningRate()).isLessThan(40);
  }

  @Test
  void soItIsWithPatienceThatGoesBackToBestWeights() {
    Ended ended =
        assertEveryStopIsResumed(
            options(OptimizerKind.NESTEROV, Preconditioning.COVARIANCE, 1.4, 60, 0, 4));
    assertThat(ended.result.stopped()).contains("validation");
    assertThat(ended.result.metrics().iteration()).isEqualTo(ended.result.iterations() - 4);
  }

  @Test
  void soItIsWithTolerance() {
    Ended ended =
        assertEveryStopIsResumed(
            options(OptimizerKind.GD, Preconditioning.COVARIANCE, 1.4, 100, 0.2, 0));
    assertThat(ended.result.stopped()).contains("0.2");
  }

  /** How a training went and ended, with a checkpoint after each update. */
  private record Ended(
      TrainingResult result, List<IterationMetrics> measured, List<byte[]> checkpoints) {}

  private static Ended assertEveryStopIsResumed(TrainingOptions options) {
    Recorder recorder = new Recorder();
    Trainer trainer = new Trainer(options, List.of(recorder));
    Ended whole = new Ended(trainer.train(spark, data), recorder.measured, recorder.checkpoints);
    assertThat(whole.checkpoints).hasSize(whole.result.iterations()).isNotEmpty();
    // A process that is ended after training, but before its model is published.
    assertThat(recorder.checkpoint())
        .isEqualTo(whole.checkpoints.get(whole.checkpoints.size() - 1));
    for (byte[] checkpoint : whole.checkpoints) {
      Recorder again = new Recorder();
      TrainingSnapshot snapshot = read(checkpoint);
      TrainingResult resumed = new Trainer(options, List.of(again)).resume(spark, data, snapshot);
      String stop = "resumed at iteration " + snapshot.iteration();
      assertThat(bits(resumed.weights())).as(stop).isEqualTo(bits(whole.result.weights()));
      assertThat(bits(resumed.bias())).as(stop).isEqualTo(bits(whole.result.bias()));
      assertThat(resumed.stopped()).as(stop).isEqualTo(whole.result.stopped());
      assertThat(resumed.iterations()).as(stop).isEqualTo(whole.result.iterations());
      assertThat(resumed.history())
          .extracting(IterationMetrics::milliseconds)
          .as(stop)
          .hasSameSizeAs(whole.result.history())
          .startsWith(
              snapshot.history().stream()
                  .map(IterationMetrics::milliseconds)
                  .toArray(Double[]::new));
      assertThat(again.measured.stream().map(ResumedTrainingIT::text))
          .as(stop)
          .isEqualTo(whole.measured.stream().map(ResumedTrainingIT::text).toList());
    }
    return whole;
  }

  /** Hears of all iterations, earlier ones included, and takes a checkpoint after each update. */
  private static final class Recorder implements TrainingListener {

    private final List<IterationMetrics> measured = new ArrayList<>();
    private final List<byte[]> checkpoints = new ArrayList<>();
    private TrainingState state;

    @Override
    public void started(TrainingState started) {
      state = started;
      measured.addAll(state.history());
    }

    @Override
    public void measured(IterationMetrics metrics) {
      measured.add(metrics);
    }

    @Override
    public void updated(TrainingState updated) {
      checkpoints.add(checkpoint());
    }

    private byte[] checkpoint() {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try {
        assertThat(state.save(snapshot -> CheckpointFormat.write(out, Snapshots.HEADER, snapshot)))
            .isTrue();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return out.toByteArray();
    }
  }

  private static TrainingOptions options(
      OptimizerKind optimizer,
      Preconditioning precondition,
      double learningRate,
      int iterations,
      double tolerance,
      int patience) {
    return TrainingOptions.defaults(optimizer, precondition)
        .withIterations(iterations)
        .withLearningRate(learningRate)
        .withWarmup(3)
        .withL2(1e-4)
        .withBias(true)
        .withTolerance(tolerance)
        .withPatience(patience);
  }

  private static TrainingSnapshot read(byte[] checkpoint) {
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(checkpoint));
      CheckpointFormat.readHeader(in);
      return CheckpointFormat.readSnapshot(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long[] bits(double[] values) {
    return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
  }

  /** All but the milliseconds. */
  private static String text(IterationMetrics metrics) {
    return metrics.toString().replaceAll("activeShares=\\[D@\\w+|milliseconds=.*", "")
        + Arrays.toString(metrics.activeShares());
  }
}
