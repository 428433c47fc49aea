package dev.onehot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.ProjectHome;
import dev.onehot.SparkJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One run of the project's own submit.sh. It ends with this process, however that ends. */
final class SubmitScript {

  /** Runs a command, and kills it at the end of stdin, which is the end of whoever started it. */
  private static final String GUARD =
      """
      exec 3<&0
      "$@" </dev/null 3<&- &
      command=$!
      { read -r -u 3 _; kill -9 "$command"; } 2>/dev/null &
      guard=$!
      wait "$command"
      code=$?
      kill "$guard"
      exit "$code"
      """;

  private static boolean archived;

  private final Process process;
  private final Path out;
  private final Path err;

  private SubmitScript(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts it with the Spark in target/spark.
   *
   * @param folder is the current directory, and keeps what is printed
   */
  static SubmitScript start(Path folder, List<String> arguments) throws IOException {
    Path spark = ProjectHome.resolve("target/spark");
    if (!archived) {
      // The first run after a build makes an archive of classes, and says so; no test is to see it.
      try (FileChannel lock = SparkJvm.lock()) {
        assert lock.isOpen();
        start(folder, spark, List.of("train", "--help")).process.onExit().join();
      }
      archived = true;
    }
    return start(folder, spark, arguments);
  }

  /** Starts it with another Spark. */
  static SubmitScript start(Path folder, Path sparkHome, List<String> arguments)
      throws IOException {
    String name = "submit-" + UUID.randomUUID();
    Path out = folder.resolve(name + ".out");
    Path err = folder.resolve(name + ".err");
    List<String> command = new ArrayList<>(List.of("bash", "-c", GUARD, "guard"));
    command.add(ProjectHome.resolve("submit.sh").toString());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("SPARK_HOME", sparkHome.toString());
    environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    environment.put("SPARK_LOCAL_DIRS", folder.resolve("local").toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    return new SubmitScript(builder.start(), out, err);
  }

  /** The exit code, once it has ended. */
  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  /** Sends SIGTERM to the script itself. */
  void terminate() {
    process
        .children()
        .filter(child -> StandaloneCluster.commandLine(child).matches("(?s)bash \\S+/submit.sh .*"))
        .forEach(ProcessHandle::destroy);
  }

  /** Something that a test waits for. */
  @FunctionalInterface
  interface Sight {
    boolean seen() throws IOException;
  }

  /** Waits until something is seen of it; fails if it ends before. */
  void await(String what, Sight sight) {
    Waiting.until(
        what,
        () -> {
          try {
            assertThat(hasEnded()).as("ended before %s: %s", what, err()).isFalse();
            return sight.seen();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  boolean hasEnded() {
    return !process.isAlive();
  }

  /** The driver in client mode, otherwise what waits for it. */
  ProcessHandle spark() {
    return driver().orElseThrow();
  }

  /** The driver in client mode, once it runs and until it ends. */
  Optional<ProcessHandle> driver() {
    return process
        .descendants()
        .filter(
            p -> StandaloneCluster.commandLine(p).contains("org.apache.spark.deploy.SparkSubmit"))
        .findFirst();
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String err() throws IOException {
    return Files.readString(err);
  }
}
