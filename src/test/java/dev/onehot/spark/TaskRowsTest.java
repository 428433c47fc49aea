package dev.onehot.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.spark.Success$;
import org.apache.spark.TaskEndReason;
import org.apache.spark.UnknownReason$;
import org.apache.spark.executor.ExecutorMetrics;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.scheduler.TaskLocality;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import scala.Option;
import scala.Tuple4;
import scala.collection.immutable.Map$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Spark's events in orders that a run seldom shows. */
class TaskRowsTest {

  private final List<Long> heard = new ArrayList<>();
  private final TaskRows listener = new TaskRows("7", heard::add);

  @BeforeEach
  void submitStages() {
    submit(0, "7");
    submit(1, "8");
    submit(2, null);
  }

  @Test
  void finishedAndRunningTasksCountTogether() {
    start(1);
    start(2);
    heartbeat(1, 100);
    heartbeat(2, 30);
    end(1, 200, Success$.MODULE$);
    heartbeat(2, 50);

    assertThat(heard).containsExactly(100L, 130L, 230L, 250L);
  }

  @Test
  void aHeartbeatThatComesBehindItsTasksEndCountsNoRowTwice() {
    start(1);
    heartbeat(1, 100);
    end(1, 200, Success$.MODULE$);
    heartbeat(1, 200);

    assertThat(heard).containsExactly(100L, 200L, 200L);
  }

  @Test
  void aFailedAttemptTakesItsRowsBack() {
    start(1);
    heartbeat(1, 100);
    end(1, 100, UnknownReason$.MODULE$);
    start(2);
    heartbeat(2, 20);

    assertThat(heard).containsExactly(100L, 20L);
  }

  @Test
  void tasksOfOtherJobsDoNotCount() {
    for (int stage : new int[] {1, 2}) {
      listener.onTaskStart(new SparkListenerTaskStart(stage, 0, info(5)));
      heartbeat(5, 100);
    }
    start(1);
    heartbeat(1, 20);

    assertThat(heard).containsExactly(0L, 0L, 20L);
  }

  private void submit(int stage, String followed) {
    Properties properties = new Properties();
    if (followed != null) {
      properties.setProperty(TaskRows.PROPERTY, followed);
    }
    StageInfo info =
        new StageInfo(
            stage,
            0,
            "",
            1,
            seq(List.of()),
            seq(List.of()),
            "",
            null,
            seq(List.of()),
            Option.empty(),
            0,
            false,
            0);
    listener.onStageSubmitted(new SparkListenerStageSubmitted(info, properties));
  }

  private void start(long task) {
    listener.onTaskStart(new SparkListenerTaskStart(0, 0, info(task)));
  }

  private void heartbeat(long task, long rows) {
    Tuple4<Object, Object, Object, Seq<AccumulableInfo>> update =
        new Tuple4<>(task, 0, 0, seq(List.of(update(rows))));
    listener.onExecutorMetricsUpdate(
        new SparkListenerExecutorMetricsUpdate(
            "driver", seq(List.of(update)), Map$.MODULE$.empty()));
  }

  private void end(long task, long rows, TaskEndReason reason) {
    TaskInfo info = info(task);
    info.setAccumulables(seq(List.of(update(rows))));
    listener.onTaskEnd(
        new SparkListenerTaskEnd(
            0, 0, "ResultTask", reason, info, new ExecutorMetrics(), TaskMetrics.empty()));
  }

  private static TaskInfo info(long task) {
    return new TaskInfo(task, (int) task, 0, 0L, "driver", "localhost", TaskLocality.ANY(), false);
  }

  private static AccumulableInfo update(long rows) {
    return new AccumulableInfo(
        7,
        Option.apply(TaskRows.RECORDS_READ),
        Option.apply(rows),
        Option.empty(),
        false,
        false,
        Option.empty());
  }

  private static <T> Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toList();
  }
}
