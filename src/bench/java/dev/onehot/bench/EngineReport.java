package dev.onehot.bench;

import java.util.List;
import java.util.Map;

/**
 * What one process of an engine measured, as it hands it over in JSON. What an engine has no figure
 * for is null.
 *
 * @param versions of what the engine is made of
 * @param trainingRows rows trained on
 * @param testRows rows tested on
 * @param secondsLoading from the files to rows in memory
 * @param fits all trainings in order, of which the first one is the process's first
 * @param candidates seconds of a trial, for each variant tried
 * @param iterationMilliseconds one pass over all training rows and the update, the median
 * @param passMilliseconds the bare gradient over all training rows, the median
 * @param wholePassMilliseconds the same over one matrix of all rows at once, the median
 * @param overheadMilliseconds how much longer an iteration on Spark takes than a bare gradient
 *     beside it, the median
 * @param cachedBytes of the training rows as the iterations read them
 * @param peakResidentBytes of the process
 * @param peakHeapBytes of a JVM's heap, garbage included
 */
record EngineReport(
    Map<String, String> versions,
    long trainingRows,
    long testRows,
    double secondsLoading,
    List<Fit> fits,
    Map<String, Double> candidates,
    Double iterationMilliseconds,
    Double passMilliseconds,
    Double wholePassMilliseconds,
    Double overheadMilliseconds,
    Long cachedBytes,
    Long peakResidentBytes,
    Long peakHeapBytes) {

  /** The same with bare passes, which are measured in processes of their own. */
  EngineReport with(Passes passes) {
    return new EngineReport(
        versions,
        trainingRows,
        testRows,
        secondsLoading,
        fits,
        candidates,
        iterationMilliseconds,
        passes.passMilliseconds(),
        passes.wholePassMilliseconds(),
        passes.overheadMilliseconds(),
        cachedBytes,
        peakResidentBytes,
        peakHeapBytes);
  }
}
