package dev.onehot.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.storage.RDDInfo;

/**
 * Watches MLlib train: every evaluation of its loss is one Spark job, so the time between the ends
 * of two is an iteration. Spark calls it on a thread of its own, after the fact, and is done with
 * that once the context has stopped.
 */
final class MllibListener extends SparkListener {

  private static final String FIT = "onehot.bench.fit";

  /** How MLlib names the rows that its iterations read. */
  private static final String TRAINING_BLOCKS = "training blocks";

  private final SparkContext spark;
  private final Map<Integer, String> fitOfJob = new HashMap<>();
  private final List<Double> milliseconds = new ArrayList<>();
  private int fits;
  private int firstRecorded = Integer.MAX_VALUE;
  private String lastFit;
  private long lastEnd;
  private long cachedBytes;

  MllibListener(SparkContext spark) {
    this.spark = spark;
  }

  /** What the calling thread runs from now on is a fit. */
  synchronized void fitBegins() {
    spark.setLocalProperty(FIT, Integer.toString(++fits));
  }

  /** What the calling thread runs from now on is none. */
  void fitEnds() {
    spark.setLocalProperty(FIT, null);
  }

  /** Leaves out what ran so far. */
  synchronized void startRecording() {
    firstRecorded = fits + 1;
  }

  synchronized List<Double> iterationMilliseconds() {
    return List.copyOf(milliseconds);
  }

  synchronized long cachedBytes() {
    return cachedBytes;
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart start) {
    String fit = start.properties() == null ? null : start.properties().getProperty(FIT);
    if (fit != null) {
      fitOfJob.put(start.jobId(), fit);
    }
  }

  @Override
  public synchronized void onJobEnd(SparkListenerJobEnd end) {
    String fit = fitOfJob.remove(end.jobId());
    if (fit == null) {
      return;
    }
    if (Integer.parseInt(fit) >= firstRecorded) {
      if (fit.equals(lastFit)) {
        milliseconds.add((double) (end.time() - lastEnd));
      }
    } else {
      measureCache();
    }
    lastFit = fit;
    lastEnd = end.time();
  }

  private void measureCache() {
    for (RDDInfo info : spark.getRDDStorageInfo()) {
      if (info.name().contains(TRAINING_BLOCKS)) {
        cachedBytes = Math.max(cachedBytes, info.memSize() + info.diskSize());
      }
    }
  }
}
