package dev.onehot.spark;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.Success$;
import org.apache.spark.TaskContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import scala.collection.Iterable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Counts the rows that tasks have done, while they are running. A task tells by {@link #add}; the
 * driver listens by {@link #follow}.
 *
 * <p>The count is the task's metric of records read, which Spark has anyway and shows in its UI. So
 * nothing is added to what Spark sends with a task. Its value reaches the driver with the
 * executor's heartbeats, every ten seconds, and at the end of the task. In local mode the task is
 * in the driver's process and tells it at once.
 */
public final class TaskRows extends SparkListener {

  /** Goes from the driver's thread to the stages and tasks of its jobs. */
  static final String PROPERTY = "onehot.followed";

  static final String RECORDS_READ = "internal.metrics.input.recordsRead";
  private static final AtomicLong IDS = new AtomicLong();

  /** What is followed in this process, by the property's value. */
  private static final Map<String, TaskRows> FOLLOWED = new ConcurrentHashMap<>();

  private final LongConsumer progress;
  private final String id;
  private final Set<Integer> stages = new HashSet<>();
  private final Map<Long, Long> running = new HashMap<>();
  private long finished;

  /**
   * @param id the property's value in the stages that are followed
   */
  TaskRows(String id, LongConsumer progress) {
    this.id = id;
    this.progress = progress;
  }

  /**
   * Follows Spark jobs.
   *
   * @param progress gets the number of rows of finished and running tasks together, on any thread
   * @param jobs starts the jobs, on the calling thread
   * @return what {@code jobs} returns
   */
  public static <T> T follow(SparkContext spark, LongConsumer progress, Supplier<T> jobs) {
    TaskRows rows = new TaskRows(Long.toString(IDS.incrementAndGet()), progress);
    String before = spark.getLocalProperty(PROPERTY);
    FOLLOWED.put(rows.id, rows);
    spark.addSparkListener(rows);
    spark.setLocalProperty(PROPERTY, rows.id);
    try {
      return jobs.get();
    } finally {
      spark.setLocalProperty(PROPERTY, before);
      spark.removeSparkListener(rows);
      FOLLOWED.remove(rows.id);
    }
  }

  /** In a task: this number of further rows is done. Outside of tasks nobody counts. */
  public static void add(long rows) {
    TaskContext task = TaskContext.get();
    if (task == null) {
      return;
    }
    task.taskMetrics().inputMetrics().incRecordsRead(rows);
    String id = task.getLocalProperty(PROPERTY);
    TaskRows here = id == null ? null : FOLLOWED.get(id);
    if (here != null) {
      here.added(task.taskAttemptId(), rows);
    }
  }

  private synchronized void added(long task, long rows) {
    running.merge(task, rows, Long::sum);
    tell();
  }

  @Override
  public synchronized void onStageSubmitted(SparkListenerStageSubmitted stage) {
    Properties properties = stage.properties();
    if (properties != null && id.equals(properties.getProperty(PROPERTY))) {
      stages.add(stage.stageInfo().stageId());
    }
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart start) {
    if (stages.contains(start.stageId())) {
      running.putIfAbsent(start.taskInfo().taskId(), 0L);
    }
  }

  @Override
  public synchronized void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate heartbeat) {
    // A heartbeat may report a task that has ended already, or be older than what the task has
    // told.
    CollectionConverters.asJava(heartbeat.accumUpdates())
        .forEach(
            task ->
                running.computeIfPresent(
                    (Long) task._1(), (t, rows) -> Math.max(rows, rows(task._4()))));
    tell();
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    if (!stages.contains(end.stageId())) {
      return;
    }
    running.remove(end.taskInfo().taskId());
    // Only one of several attempts succeeds.
    if (end.reason() == Success$.MODULE$) {
      finished += rows(end.taskInfo().accumulables());
      tell();
    }
  }

  private static long rows(Iterable<AccumulableInfo> updates) {
    for (AccumulableInfo update : CollectionConverters.asJava(updates)) {
      if (update.name().contains(RECORDS_READ) && update.update().isDefined()) {
        return ((Number) update.update().get()).longValue();
      }
    }
    return 0;
  }

  private void tell() {
    progress.accept(finished + running.values().stream().mapToLong(Long::longValue).sum());
  }
}
