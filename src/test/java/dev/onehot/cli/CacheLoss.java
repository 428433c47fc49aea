package dev.onehot.cli;

import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.storage.RDDInfo;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Once, while a training is under way, does what a test wants and then drops all blocks of the
 * training rows from the cache. Spark makes it, by its name in {@code spark.extraListeners}.
 */
public final class CacheLoss extends SparkListener {

  private static final int AT_JOB = 6;

  private static Runnable before = () -> {};
  private static boolean happened;

  private int jobs;

  /** What to do before the blocks go. */
  static void after(Runnable action) {
    before = action;
    happened = false;
  }

  static boolean happened() {
    return happened;
  }

  @Override
  public void onJobStart(SparkListenerJobStart job) {
    if (++jobs != AT_JOB) {
      return;
    }
    before.run();
    for (StageInfo stage : CollectionConverters.asJava(job.stageInfos())) {
      for (RDDInfo rdd : CollectionConverters.asJava(stage.rddInfos())) {
        if (rdd.name().equals("training rows")) {
          SparkContext.getOrCreate().env().blockManager().master().removeRdd(rdd.id(), true);
          happened = true;
        }
      }
    }
  }
}
