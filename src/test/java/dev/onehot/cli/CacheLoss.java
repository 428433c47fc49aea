package dev.onehot.cli;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.scheduler.TaskSchedulerImpl;
import org.apache.spark.storage.RDDInfo;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Once, while a training is under way, does what a test wants and then drops all blocks of the
 * training rows from the cache. Spark makes it, by its name in {@code spark.extraListeners}.
 *
 * <p>It drops them between two jobs, while it keeps Spark from launching tasks. Spark doesn't
 * expect a block to be removed just when a task opens it: its BlockInfoManager looks the block up,
 * waits for its lock, then locks what is removed, and the task fails with "Block rdd_2_0 does not
 * exist". Nothing but a test does that: executors that are lost take their tasks along, and a block
 * that gives way to another one goes to disk.
 */
public final class CacheLoss extends SparkListener {

  private static final int AT_JOB = 6;
  private static final Duration PAUSE = Duration.ofNanos(50_000);

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
          dropBetweenJobs(SparkContext.getOrCreate(), rdd.id());
          happened = true;
        }
      }
    }
  }

  private static void dropBetweenJobs(SparkContext spark, int rdd) {
    TaskSchedulerImpl scheduler = (TaskSchedulerImpl) spark.taskScheduler();
    while (true) {
      // It launches tasks, and hears of their ends, under its own lock.
      synchronized (scheduler) {
        if (isIdle(scheduler)) {
          spark.env().blockManager().master().removeRdd(rdd, true);
          return;
        }
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static boolean isIdle(TaskSchedulerImpl scheduler) {
    return CollectionConverters.asJava(scheduler.runningTasksByExecutors()).values().stream()
        .allMatch(running -> (int) running == 0);
  }
}
