package dev.onehot.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.stream.Stream;

/** One training on a cluster whose processes are killed meanwhile. */
final class DisturbedTraining {

  private static final long PATIENCE_MILLISECONDS = 150_000;
  private static final int LONGEST_PAUSE_MILLISECONDS = 6000;
  private static final long LOOK_AGAIN_MILLISECONDS = 20;
  private static final int KILLED = 137;

  private final Path folder;
  private final Path models;
  private final Path model;
  private final Path checkpoints;
  private final StandaloneCluster cluster;
  private final boolean supervised;
  private final SplittableRandom random;
  private final List<String> command;
  private final StringJoiner killed = new StringJoiner(" ");
  private final List<SubmitScript> scripts = new ArrayList<>();
  private int kills;
  private boolean driverWasKilled;
  private double seconds;

  DisturbedTraining(
      Path folder,
      String name,
      List<String> training,
      StandaloneCluster cluster,
      boolean supervised,
      SplittableRandom random) {
    this.folder = folder;
    this.cluster = cluster;
    this.supervised = supervised;
    this.random = random;
    models = folder.resolve("models");
    model = models.resolve(name);
    checkpoints = folder.resolve("checkpoints").resolve(name);
    Map<String, String> spark = new HashMap<>(ClusterTraining.on(cluster, Map.of()));
    // Training goes on with whatever the kills have left.
    spark.remove("spark.scheduler.minRegisteredResourcesRatio");
    spark.put("spark.driver.memory", "512m");
    if (supervised) {
      spark.put("spark.submit.deployMode", "cluster");
    }
    command = new ArrayList<>(training);
    command.addAll(
        List.of("--out=" + model, "--checkpoint-dir=" + checkpoints, "--checkpoint-every=10"));
    command.add("--");
    if (supervised) {
      command.add("--supervise");
    }
    spark.forEach((key, value) -> command.addAll(List.of("--conf", key + "=" + value)));
  }

  /** Trains, kills at random moments; what is wrong in the end, null if nothing. */
  String run(String expected, int wantedKills) throws IOException, InterruptedException {
    Files.createDirectories(models);
    long start = System.nanoTime();
    scripts.add(SubmitScript.start(folder, command));
    for (int i = 0; i < wantedKills && !isPublished(); i++) {
      // Half of the kills at any moment, the others in mid-training.
      if (random.nextInt(2) == 0) {
        waitOrEnd(random.nextInt(LONGEST_PAUSE_MILLISECONDS));
      } else {
        waitForProgress();
        waitOrEnd(random.nextInt(LONGEST_PAUSE_MILLISECONDS / 4));
      }
      kill();
    }
    String problem = waitOrEnd(PATIENCE_MILLISECONDS) ? null : "no model in time";
    seconds = (System.nanoTime() - start) / 1e9;
    if (problem == null) {
      waitForTheEnd();
      problem = check(expected);
    }
    if (problem != null) {
      problem += "; submit.sh said: " + scripts.get(scripts.size() - 1).err();
    }
    return problem;
  }

  int kills() {
    return kills;
  }

  String killed() {
    return killed.toString();
  }

  double seconds() {
    return seconds;
  }

  /** From where the killed drivers' successors went on. */
  String resumed() throws IOException {
    StringJoiner resumed = new StringJoiner(", ", "  resumed at ", "");
    resumed.setEmptyValue("");
    List<String> printed = new ArrayList<>();
    for (SubmitScript script : scripts) {
      printed.add(script.err());
    }
    if (supervised) {
      cluster.outputOfDrivers().stream()
          .filter(text -> text.contains(checkpoints.toString()))
          .forEach(printed::add);
    }
    for (String text : printed) {
      text.lines()
          .filter(line -> line.contains("resuming at iteration"))
          .forEach(line -> resumed.add(line.replaceAll(".*iteration (\\d+).*", "$1")));
    }
    return resumed.toString();
  }

  private boolean isPublished() {
    return Files.exists(model.resolve("run.json"));
  }

  /** Waits so long, running the command again if it was killed; whether the model is there. */
  private boolean waitOrEnd(long milliseconds) throws IOException, InterruptedException {
    long end = System.nanoTime() + milliseconds * 1_000_000;
    while (System.nanoTime() < end) {
      if (isPublished()) {
        return true;
      }
      SubmitScript script = scripts.get(scripts.size() - 1);
      if (!supervised && script.hasEnded() && driverWasKilled) {
        driverWasKilled = false;
        scripts.add(SubmitScript.start(folder, command));
      } else if (!supervised && script.hasEnded()) {
        return isPublished();
      }
      Thread.sleep(LOOK_AGAIN_MILLISECONDS);
    }
    return isPublished();
  }

  /** Waits for a checkpoint newer than now. */
  private void waitForProgress() throws IOException, InterruptedException {
    String newest = newestCheckpoint();
    long end = System.nanoTime() + PATIENCE_MILLISECONDS * 1_000_000;
    while (newestCheckpoint().compareTo(newest) <= 0 && System.nanoTime() < end) {
      if (waitOrEnd(LOOK_AGAIN_MILLISECONDS)) {
        return;
      }
    }
  }

  private String newestCheckpoint() throws IOException {
    if (!Files.isDirectory(checkpoints)) {
      return "";
    }
    try (Stream<Path> files = Files.list(checkpoints)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("checkpoint-"))
          .max(Comparator.naturalOrder())
          .orElse("");
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  private void kill() {
    switch (random.nextInt(3)) {
      case 0 -> kill("executor", cluster.executors());
      case 1 -> kill("driver", drivers());
      default -> {
        List<ProcessHandle> workers = cluster.workers().stream().map(Process::toHandle).toList();
        kill("worker", workers);
        cluster.startWorker();
      }
    }
  }

  private List<ProcessHandle> drivers() {
    return supervised
        ? cluster.drivers()
        : scripts.get(scripts.size() - 1).driver().stream().toList();
  }

  private void kill(String name, List<ProcessHandle> candidates) {
    if (candidates.isEmpty() || isPublished()) {
      return;
    }
    candidates.get(random.nextInt(candidates.size())).destroyForcibly();
    killed.add(name);
    kills++;
    driverWasKilled |= name.equals("driver");
  }

  /** The model is there; what comes after it may be done in peace. */
  private void waitForTheEnd() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE_MILLISECONDS * 1_000_000;
    while (System.nanoTime() < end
        && !(cluster.executors().isEmpty()
            && cluster.drivers().isEmpty()
            && scripts.get(scripts.size() - 1).hasEnded())) {
      Thread.sleep(LOOK_AGAIN_MILLISECONDS);
    }
    // Killed between the model and the checkpoints' removal: the next run is to see to that.
    if (!supervised && scripts.get(scripts.size() - 1).exitCode() == KILLED) {
      SubmitScript again = SubmitScript.start(folder, command);
      scripts.add(again);
      again.exitCode();
    }
  }

  private String check(String expected) throws IOException {
    String actual = ClusterTraining.w1Sha256(model);
    if (!actual.equals(expected)) {
      return "W1 SHA-256 " + actual;
    }
    List<Path> left = new ArrayList<>();
    try (Stream<Path> files = Files.walk(models)) {
      files.filter(file -> file.getFileName().toString().startsWith(".")).forEach(left::add);
    }
    // A run that was killed between making the directory and its first file leaves it empty.
    try (Stream<Path> files = Files.walk(checkpoints)) {
      files.filter(Files::isRegularFile).forEach(left::add);
    } catch (NoSuchFileException e) {
      // As it should be.
    }
    return left.isEmpty() ? null : "left behind: " + left;
  }
}
