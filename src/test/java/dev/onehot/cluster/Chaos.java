package dev.onehot.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Trainings on a real standalone cluster whose executors, workers and drivers are killed at random
 * moments. Every one has to end with the bits of an undisturbed training on this machine alone, and
 * to leave nothing but its model. Prints a line a training; ends with 1 if any failed.
 */
final class Chaos {

  private static final int WORKERS = 2;
  private static final int ROWS = 6000;
  private static final int TEST_ROWS = 500;

  private final Path folder;
  private final SplittableRandom random;
  private final int iterations;
  private final int killsOfATraining;
  private int kills;
  private int failed;

  private Chaos(Path folder, long seed, int iterations, int killsOfATraining) {
    this.folder = folder;
    this.random = new SplittableRandom(seed);
    this.iterations = iterations;
    this.killsOfATraining = killsOfATraining;
  }

  /** Takes a new folder, how many trainings, a seed, iterations, and kills to try in a training. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]).toRealPath();
    int trainings = Integer.parseInt(args[1]);
    Chaos chaos =
        new Chaos(
            folder, Long.parseLong(args[2]), Integer.parseInt(args[3]), Integer.parseInt(args[4]));
    chaos.run(trainings);
    System.exit(chaos.failed > 0 ? 1 : 0);
  }

  private void run(int trainings) throws Exception {
    long start = System.nanoTime();
    Path data = folder.resolve("digits");
    submitAndWait("generate", "--rows=" + ROWS, "--test-rows=" + TEST_ROWS, "--out=" + data);
    Path alone = folder.resolve("alone");
    List<String> training =
        List.of("train", "--data=" + data, "--iterations=" + iterations, "--partitions=4");
    List<String> here = new ArrayList<>(training);
    here.addAll(List.of("--out=" + alone, "--", "--master", "local[2]"));
    submitAndWait(here.toArray(String[]::new));
    String expected = ClusterTraining.w1Sha256(alone);
    System.out.printf("on this machine alone: %s%n", expected);

    try (StandaloneCluster cluster =
        StandaloneCluster.start(folder.resolve("cluster"), WORKERS, Map.of())) {
      for (int i = 1; i <= trainings; i++) {
        boolean supervised = random.nextInt(2) == 0;
        DisturbedTraining disturbed =
            new DisturbedTraining(
                folder, "%02d".formatted(i), training, cluster, supervised, random.split());
        String problem = disturbed.run(expected, killsOfATraining);
        kills += disturbed.kills();
        failed += problem == null ? 0 : 1;
        System.out.printf(
            "%2d  %-10s %5.1f s  %s  killed: %s%s%n",
            i,
            supervised ? "supervised" : "client",
            disturbed.seconds(),
            problem == null ? "ok" : "FAILED: " + problem,
            disturbed.killed(),
            disturbed.resumed());
      }
    }
    String left = leftProcesses();
    if (!left.isEmpty()) {
      failed++;
      System.out.println("FAILED: processes are left: " + left);
    }
    System.out.printf(
        "%d trainings, %d kills, %d failed, %.0f s%n",
        trainings, kills, failed, (System.nanoTime() - start) / 1e9);
  }

  private void submitAndWait(String... arguments) throws IOException, InterruptedException {
    SubmitScript script = SubmitScript.start(folder, List.of(arguments));
    if (script.exitCode() != 0) {
      throw new IOException(arguments[0] + " failed: " + script.err());
    }
  }

  /** What runs with this folder in its command line, but for us and those who started us. */
  private String leftProcesses() throws InterruptedException {
    List<ProcessHandle> ours = new ArrayList<>();
    for (ProcessHandle p = ProcessHandle.current(); p != null; p = p.parent().orElse(null)) {
      ours.add(p);
    }
    List<ProcessHandle> left =
        ProcessHandle.allProcesses()
            .filter(p -> StandaloneCluster.commandLine(p).contains(folder.toString()))
            .filter(p -> !ours.contains(p))
            .toList();
    // Those that are just ending may do so.
    Thread.sleep(left.isEmpty() ? 0 : 5000);
    return String.join(
        "; ",
        left.stream()
            .filter(ProcessHandle::isAlive)
            .map(p -> p.pid() + " " + StandaloneCluster.commandLine(p))
            .toList());
  }
}
