package dev.onehot.cli;

import dev.onehot.ProjectHome;
import dev.onehot.SparkJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command in a JVM of its own, from onehot.jar, for a test to kill. */
final class TrainingProcess implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Process process;
  private final Path err;

  TrainingProcess(Path log, List<String> arguments) throws IOException {
    err = log;
    List<String> options = new ArrayList<>();
    options.addAll(
        List.of(ProjectHome.sparkSettings().get("spark.driver.defaultJavaOptions").split("\\s+")));
    options.add("-Dspark.master=local[2]");
    // Runs on other machines are played, and none of them lives.
    options.add("-Dspark.hadoop.onehot.claim.patience=1s");
    options.add("-Dspark.ui.enabled=false");
    options.add("-Dlog4j2.configurationFile=" + System.getProperty("log4j2.configurationFile"));
    List<String> command = SparkJvm.command(options, ProjectHome.resolve("target/onehot.jar"));
    command.add("dev.onehot.Onehot");
    command.addAll(arguments);
    process =
        SparkJvm.process(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(log.toFile())
            .start();
  }

  /** Something that a test waits for. */
  @FunctionalInterface
  interface Sight {
    boolean seen() throws IOException;
  }

  /** Waits until something is seen of the process, which must still run then. */
  void await(String what, Sight sight) throws IOException, InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!sight.seen()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new AssertionError("no " + what + ": " + err());
      }
      Thread.sleep(5);
    }
  }

  /** kill -9; returns the exit code. */
  int kill() throws InterruptedException {
    process.destroyForcibly();
    return exitCode();
  }

  /** Sends the signal. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  long pid() {
    return process.pid();
  }

  /** Once it has ended. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("does not end");
    }
    return process.exitValue();
  }

  String err() throws IOException {
    return Files.readString(err);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
