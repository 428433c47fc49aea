package dev.onehot.job;

import dev.onehot.data.DataProfile;
import dev.onehot.evaluate.Evaluation;
import dev.onehot.math.BlockKernel;
import dev.onehot.report.DeadClassWarning;
import dev.onehot.report.Redaction;
import dev.onehot.train.TrainingResult;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * What a training came to, in figures.
 *
 * @param iterations updates made
 * @param stopped why training ended
 * @param trainLoss mean cross-entropy over the training rows at the final weights
 * @param trainAccuracy 0 … 1
 * @param testLoss null without test rows
 * @param testAccuracy 0 … 1, null without test rows
 * @param w1Sha256 SHA-256 over W1's little-endian float64 bytes in C order
 * @param deadClasses names of classes no training row has a positive logit for
 * @param secondsTotal from the start of the JVM
 * @param secondsLoading reading, checking and caching training and test rows
 * @param secondsPerIterationMedian of measuring the gradient
 * @param cachedBytes of the training rows when all of them are in memory
 * @param peakMemoryBytes the most memory that the driver's process has had, in local mode all;
 *     executors are not in it
 * @param rows training rows
 * @param kernel which block kernel computed the gradients
 * @param master Spark's
 */
public record TrainingFigures(
    int iterations,
    String stopped,
    double trainLoss,
    double trainAccuracy,
    Double testLoss,
    Double testAccuracy,
    String w1Sha256,
    List<String> deadClasses,
    double secondsTotal,
    double secondsLoading,
    double secondsPerIterationMedian,
    long cachedBytes,
    long peakMemoryBytes,
    long rows,
    String kernel,
    String master) {

  /**
   * The figures of a training that has just ended.
   *
   * @param test null without test rows
   * @param master Spark's
   */
  static TrainingFigures of(
      TrainingData data, TrainedModel trained, Evaluation test, String master) {
    TrainingResult result = trained.result();
    DataProfile rows = data.training().profile();
    long sinceStart =
        System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    return new TrainingFigures(
        result.iterations(),
        result.stopped(),
        result.metrics().loss(),
        result.metrics().accuracy(),
        test == null ? null : test.loss(),
        test == null ? null : test.accuracy(),
        trained.model().w1Sha256(),
        DeadClassWarning.deadClasses(result.metrics(), trained.model().classNames()),
        sinceStart / 1000.0,
        data.secondsLoading(),
        result.medianMilliseconds() / 1000,
        rows.memoryBytes(),
        PeakMemory.bytes(),
        rows.trainingRows(),
        BlockKernel.description(),
        Redaction.uris(master));
  }
}
