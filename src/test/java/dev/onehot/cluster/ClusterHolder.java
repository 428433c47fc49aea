package dev.onehot.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Holds a cluster of two workers, and a long training on it, until this process ends. */
final class ClusterHolder {

  private static final int TOO_MANY_ITERATIONS = 1_000_000;

  private ClusterHolder() {}

  /** Takes a folder; prints the cluster's URL once it runs. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Path.of(args[0]);
    StandaloneCluster cluster = StandaloneCluster.start(folder.resolve("cluster"), 2, Map.of());
    ClusterTraining training = ClusterTraining.builtIn(folder, TOO_MANY_ITERATIONS);
    SubmitScript.start(
        folder, training.command(training.newModel(), ClusterTraining.on(cluster, Map.of())));
    System.out.println(cluster.url());
    Thread.currentThread().join();
  }
}
