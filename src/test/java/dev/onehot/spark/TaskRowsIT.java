package dev.onehot.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.ProjectHome;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.VoidFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of real tasks. A task waits until the driver has heard of its rows so far. */
class TaskRowsIT {

  private static final long FIRST = 5;
  private static final long REST = 7;

  /** Every ten seconds by default. */
  private static final String HEARTBEAT = "spark.executor.heartbeatInterval";

  @TempDir Path folder;

  private final AtomicLong heard = new AtomicLong();

  @Test
  void aTaskInTheDriversProcessIsHeardOfWithoutAHeartbeat() throws Exception {
    try (JavaSparkContext spark =
        new JavaSparkContext(
            conf("local[2]").set(HEARTBEAT, "1h").set("spark.network.timeout", "2h"))) {
      followed(spark, 2);
      assertThat(heard).hasValue(2 * (FIRST + REST));
    }
  }

  @Test
  void aTaskOfAnExecutorIsHeardOfWithItsHeartbeat() throws Exception {
    String classes =
        ProjectHome.resolve("target/classes") + ":" + ProjectHome.resolve("target/test-classes");
    SparkConf conf =
        conf("local-cluster[1,2,1024]")
            .set(HEARTBEAT, "100ms")
            .set("spark.executor.extraClassPath", classes);
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      followed(spark, 2);
      assertThat(heard).hasValue(2 * (FIRST + REST));
    }
  }

  @Test
  void jobsOfOtherThreadsAndLaterJobsDoNotCount() throws Exception {
    try (JavaSparkContext spark = new JavaSparkContext(conf("local[2]"))) {
      CountDownLatch inside = new CountDownLatch(1);
      CountDownLatch over = new CountDownLatch(1);
      Thread other =
          new Thread(
              () -> {
                await(inside);
                count(spark, 100);
                over.countDown();
              });
      other.start();
      TaskRows.follow(
          spark.sc(),
          heard::set,
          () -> {
            inside.countDown();
            await(over);
            count(spark, 1);
            awaitEvents(spark);
            return null;
          });
      count(spark, 100);
      awaitEvents(spark);
      assertThat(heard).hasValue(1);
    }
  }

  /** Each task goes on when the first rows of all tasks have been heard of. */
  private void followed(JavaSparkContext spark, int tasks) {
    Path sign = folder.resolve("heard");
    TaskRows.follow(
        spark.sc(),
        rows -> {
          heard.set(rows);
          if (rows == tasks * FIRST) {
            create(sign);
          }
        },
        () -> {
          spark.parallelize(List.of(1, 2), tasks).foreach(new Waiting(sign.toString()));
          awaitEvents(spark);
          return null;
        });
  }

  private static void create(Path sign) {
    try {
      if (!Files.exists(sign)) {
        Files.createFile(sign);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void count(JavaSparkContext spark, long rows) {
    spark.parallelize(List.of(1), 1).foreach(i -> TaskRows.add(rows));
  }

  /** Until all events so far have been heard of. */
  private static void awaitEvents(JavaSparkContext spark) {
    try {
      spark.sc().listenerBus().waitUntilEmpty();
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SparkConf conf(String master) {
    return new SparkConf()
        .setMaster(master)
        .setAppName("TaskRowsIT")
        .set("spark.ui.enabled", "false");
  }

  private record Waiting(String sign) implements VoidFunction<Integer>, Serializable {

    @Override
    public void call(Integer number) throws InterruptedException {
      TaskRows.add(FIRST);
      long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
      while (!Files.exists(Path.of(sign))) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException("the driver has heard nothing");
        }
        Thread.sleep(10);
      }
      TaskRows.add(REST);
    }
  }
}
