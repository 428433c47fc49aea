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
 * Follows an accumulator while its tasks still run. Its value on the driver grows only when a task
 * ends; but executors tell with each heartbeat how far their tasks are.
 */
public final class AccumulatorProgress extends SparkListener {

  private final long accumulator;
  private final LongConsumer progress;
  private final Map<Long, Long> running = new HashMap<>();
  private long finished;

  /**
   * @param accumulator the id of one that counts rows, and has a name
   * @param progress hears of the rows of finished and running tasks together
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
    // A heartbeat may tell of a task whose end is known already.
    CollectionConverters.asJava(heartbeat.accumUpdates())
        .forEach(task -> running.replace((Long) task._1(), rows(task._4())));
    tell();
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    running.remove(end.taskInfo().taskId());
    // Only one of several attempts at a shard succeeds.
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
