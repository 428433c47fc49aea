package dev.onehot.spark;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.apache.spark.Success$;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import scala.collection.Iterable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Follows an accumulator while tasks are running. Its value on the driver grows only when a task
 * ends, but each heartbeat of an executor holds the values of its running tasks.
 */
public final class AccumulatorProgress extends SparkListener {

  private final long accumulator;
  private final LongConsumer progress;
  private final Map<Long, Long> running = new HashMap<>();
  private long finished;

  /**
   * @param accumulator the id of a named accumulator that counts rows
   * @param progress gets the number of rows of finished and running tasks together
   */
  public AccumulatorProgress(long accumulator, LongConsumer progress) {
    this.accumulator = accumulator;
    this.progress = progress;
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart start) {
    running.put(start.taskInfo().taskId(), 0L);
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate heartbeat) {
    // A heartbeat may report a task that has ended already.
    CollectionConverters.asJava(heartbeat.accumUpdates())
        .forEach(task -> running.replace((Long) task._1(), rows(task._4())));
    tell();
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    running.remove(end.taskInfo().taskId());
    // Only one of several attempts succeeds.
    if (end.reason() == Success$.MODULE$) {
      finished += rows(end.taskInfo().accumulables());
      tell();
    }
  }

  private long rows(Iterable<AccumulableInfo> updates) {
    for (AccumulableInfo update : CollectionConverters.asJava(updates)) {
      if (update.id() == accumulator && update.update().isDefined()) {
        return ((Number) update.update().get()).longValue();
      }
    }
    return 0;
  }

  private void tell() {
    progress.accept(finished + running.values().stream().mapToLong(Long::longValue).sum());
  }
}
