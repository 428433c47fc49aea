package dev.onehot.job;

import dev.onehot.data.DataProfile;
import dev.onehot.evaluate.ClassMetrics;
import dev.onehot.evaluate.ConfusionMatrix;
import dev.onehot.evaluate.Evaluation;
import dev.onehot.math.BlockKernel;
import dev.onehot.report.Redaction;
import dev.onehot.train.TrainingResult;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The results of a training, in figures.
 *
 * @param iterations the number of updates
 * @param stopped why training ended
 * @param trainLoss mean cross-entropy over the training rows at the final weights
 * @param trainAccuracy share of training rows predicted right, 0 … 1
 * @param testLoss mean cross-entropy over the test rows, null without test rows
 * @param testAccuracy share of test rows predicted right, 0 … 1, null without test rows
 * @param testRows the number of test rows, null without any
 * @param testFingerprint 64 bits of all test rows, in hexadecimal, null without any
 * @param testClasses precision, recall, F1 and support of each class on the test rows, null without
 *     test rows
 * @param w1Sha256 SHA-256 over W1's little-endian float64 bytes in C order
 * @param deadClasses the names of classes that have training rows, but no positive logit on any of
 *     them
 * @param warnings what the user was warned of, one line each
 * @param secondsTotal the time since the start of the JVM
 * @param secondsLoading the time to read, check and cache training and test rows
 * @param secondsPerIterationMedian the median time to measure the gradient
 * @param cachedBytes the bytes of the training rows if all of them are in memory
 * @param peakMemoryBytes the peak memory of the driver's process; executors on a cluster are not in
 *     it
 * @param rows the number of training rows
 * @param kernel the block kernel that computed the gradients
 * @param master Spark's master
 */
public record TrainingFigures(
    int iterations,
    String stopped,
    double trainLoss,
    double trainAccuracy,
    Double testLoss,
    Double testAccuracy,
    Long testRows,
    String testFingerprint,
    Map<String, ClassMetrics> testClasses,
    String w1Sha256,
    List<String> deadClasses,
    List<String> warnings,
    double secondsTotal,
    double secondsLoading,
    double secondsPerIterationMedian,
    long cachedBytes,
    long peakMemoryBytes,
    long rows,
    String kernel,
    String master) {

  public TrainingFigures {
    // Older files have none.
    deadClasses = deadClasses == null ? List.of() : List.copyOf(deadClasses);
    warnings = warnings == null ? List.of() : List.copyOf(warnings);
  }

  /**
   * The figures of a training that has just ended.
   *
   * @param test null without test rows
   * @param warnings what the user was warned of
   * @param master Spark's master
   */
  static TrainingFigures of(
      TrainingData data,
      TrainedModel trained,
      Evaluation test,
      List<String> warnings,
      String master) {
    TrainingResult result = trained.result();
    DataProfile rows = data.training().profile();
    return new TrainingFigures(
        result.iterations(),
        result.stopped(),
        result.metrics().loss(),
        result.metrics().accuracy(),
        test == null ? null : test.loss(),
        test == null ? null : test.accuracy(),
        test == null ? null : test.rows(),
        test == null ? null : data.test().fingerprint(),
        test == null ? null : byName(trained.model().classNames(), test.confusion()),
        trained.model().w1Sha256(),
        trained.deadClasses(),
        warnings,
        secondsSinceStart(),
        data.secondsLoading(),
        result.medianMilliseconds() / 1000,
        rows.memoryBytes(),
        PeakMemory.bytes(),
        rows.trainingRows(),
        BlockKernel.description(),
        Redaction.uris(master));
  }

  /** The time since the start of the JVM. */
  static double secondsSinceStart() {
    return (System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime())
        / 1000.0;
  }

  private static Map<String, ClassMetrics> byName(List<String> names, ConfusionMatrix confusion) {
    Map<String, ClassMetrics> byName = new LinkedHashMap<>();
    for (int c = 0; c < names.size(); c++) {
      byName.put(names.get(c), confusion.metrics(c));
    }
    return byName;
  }
}
