package dev.onehot.cluster;

import java.io.IOException;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/** Counts what happens to a training's executors and tasks, and may meddle in an iteration. */
class ClusterEvents extends SparkListener {

  private static final Pattern ITERATION = Pattern.compile("iteration (\\d+): gradient");

  final AtomicInteger executorsAdded = new AtomicInteger();
  final AtomicInteger executorsRemoved = new AtomicInteger();
  final AtomicInteger tasksLost = new AtomicInteger();
  final AtomicInteger rowsCached = new AtomicInteger();
  final Set<String> executorsWithTasks = ConcurrentHashMap.newKeySet();

  private boolean listening;
  private int iteration = -1;
  private int meddledIn = -1;

  /** Called at the start of each iteration's first task; blocks Spark's events, not the driver. */
  void inIteration(int iteration, SparkListenerTaskStart task) {}

  /** Starts to listen to the context that has printed a line. */
  synchronized void listenFrom(String line) {
    if (!listening && line.startsWith("training rows")) {
      ClusterTraining.context().addSparkListener(this);
      listening = true;
    }
  }

  /** Which executors have had tasks counts from now on. */
  void forgetTasks() {
    executorsWithTasks.clear();
  }

  @Override
  public void onExecutorAdded(SparkListenerExecutorAdded event) {
    executorsAdded.incrementAndGet();
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
    executorsRemoved.incrementAndGet();
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted event) {
    Properties properties = event.properties();
    String description =
        properties == null ? "" : properties.getProperty("spark.job.description", "");
    Matcher matcher = ITERATION.matcher(description);
    iteration = matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart event) {
    executorsWithTasks.add(event.taskInfo().executorId());
    if (iteration > meddledIn) {
      meddledIn = iteration;
      inIteration(iteration, event);
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd event) {
    if (event.reason() instanceof ExecutorLostFailure) {
      tasksLost.incrementAndGet();
    }
  }

  @Override
  public void onBlockUpdated(SparkListenerBlockUpdated event) {
    if (event.blockUpdatedInfo().blockId().isRDD()
        && event.blockUpdatedInfo().storageLevel().isValid()) {
      rowsCached.incrementAndGet();
    }
  }

  /** The process of the executor that a task has been sent to. */
  static ProcessHandle executor(StandaloneCluster cluster, SparkListenerTaskStart task) {
    String option = " --executor-id " + task.taskInfo().executorId() + " ";
    return cluster.executors().stream()
        .filter(process -> StandaloneCluster.commandLine(process).contains(option))
        .findFirst()
        .orElseThrow();
  }

  static void signal(String name, ProcessHandle process) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static void pause(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
