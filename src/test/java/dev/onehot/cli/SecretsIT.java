package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.ProjectHome;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real spark-submits whose command lines are full of secrets. */
class SecretsIT {

  private static final String SECRET = "hunter2";

  @TempDir private Path folder;

  @Test
  void nothingThatATrainingWritesHoldsASecret() throws Exception {
    Path data = folder.resolve("data");
    assertThat(CommandRun.of("generate", "--rows=600", "--test-rows=100", "--out=" + data))
        .matches(run -> run.exitCode() == 0);
    String bucket = "keyed://AKIA:" + SECRET + "@bucket" + folder;

    List<String> secrets =
        List.of("spark.authenticate.secret=" + SECRET, "spark.hadoop.fs.s3a.secret.key=" + SECRET);
    assertThat(submit(secrets, "--data=" + bucket + "/data", "--out=" + bucket + "/model"))
        .isZero();

    Path model = folder.resolve("model");
    assertThat(model.resolve("model.json"))
        .content()
        .contains("keyed://*********(redacted)@bucket");
    assertThat(folder.resolve("out")).content().contains("keyed://*********(redacted)@bucket");
    Path events = folder.resolve("events");
    assertThat(everything(events)).contains("SparkListenerEnvironmentUpdate", "(redacted)");
    assertThat(everything(folder)).doesNotContain(SECRET);
  }

  @Test
  void aFailureShowsNoSecretNorDoesTheCommandLineThatSparkRecords() throws Exception {
    String bucket = "keyed://AKIA:" + SECRET + "@bucket" + folder;

    String data = "--data=" + bucket + "/nowhere";
    assertThat(submit(List.of(), data, "--out=" + bucket + "/m", "--stacktrace")).isEqualTo(3);

    assertThat(folder.resolve("err"))
        .content()
        .contains("keyed://*********(redacted)@bucket" + folder + "/nowhere: no such folder");
    assertThat(everything(folder)).doesNotContain(SECRET);
  }

  /** Trains in a process of its own; returns its exit code. */
  private int submit(List<String> secrets, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-"))
        .forEach(command::add);
    command.add("-Dlog4j2.configurationFile=" + ProjectHome.resolve("conf/log4j2.properties"));
    command.add("-cp");
    command.add(ProjectHome.resolve("target/spark/jars") + "/*:" + testClasses());
    command.addAll(List.of("org.apache.spark.deploy.SparkSubmit", "--class", "dev.onehot.Onehot"));
    List<String> settings = new ArrayList<>(secrets);
    settings.addAll(
        List.of(
            "spark.master=local[1]",
            "spark.ui.enabled=false",
            "spark.hadoop.fs.keyed.impl=" + KeyedFileSystem.class.getName(),
            "spark.eventLog.enabled=true",
            "spark.eventLog.compress=false",
            "spark.eventLog.dir=" + Files.createDirectories(folder.resolve("events"))));
    settings.forEach(setting -> command.addAll(List.of("--conf", setting)));
    command.addAll(List.of(ProjectHome.resolve("target/onehot.jar").toString(), "train"));
    command.add("--iterations=2");
    command.addAll(List.of(options));
    return new ProcessBuilder(command)
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("err").toFile())
        .start()
        .waitFor();
  }

  private static Path testClasses() throws Exception {
    return Path.of(
        KeyedFileSystem.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** The content of all files below a folder, and their names. */
  private static String everything(Path folder) throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        text.append(file).append('\n');
        if (Files.isRegularFile(file)) {
          text.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        }
      }
    }
    return text.toString();
  }
}
