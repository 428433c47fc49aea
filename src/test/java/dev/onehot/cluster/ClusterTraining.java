package dev.onehot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.onehot.SparkJvm;
import dev.onehot.cli.CommandLineApplication;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.SparkContext;

/** A small training, and the bits that it has to end with wherever it runs. */
final class ClusterTraining {

  private static final int ROWS = 4000;

  private final Path folder;

  /** Null for the digits that are built in. */
  private final String data;

  private final int iterations;
  private final List<String> options;

  private ClusterTraining(Path folder, String data, int iterations, List<String> options) {
    this.folder = folder;
    this.data = data;
    this.iterations = iterations;
    this.options = options;
  }

  /** On digits in files. */
  static ClusterTraining of(Path folder, String data, int iterations) {
    return new ClusterTraining(folder, data, iterations, List.of());
  }

  /** Writes such files. */
  static Outcome generate(Path data) {
    return run(
        Map.of(),
        line -> {},
        List.of("generate", "--rows=" + ROWS, "--test-rows=500", "--shards=2", "--out=" + data));
  }

  /** The same on some of the built-in digits. */
  static ClusterTraining builtIn(Path folder, int iterations) {
    return new ClusterTraining(folder, null, iterations, List.of());
  }

  /** The same with other input, such as a copy in another file system. */
  ClusterTraining reading(String otherData) {
    return new ClusterTraining(folder, otherData, iterations, options);
  }

  /** The same with other options that change no bit, such as those of checkpoints. */
  ClusterTraining with(String... otherOptions) {
    return new ClusterTraining(folder, data, iterations, List.of(otherOptions));
  }

  /** Where the input is. */
  String data() {
    return data;
  }

  /** A name for a model that is not yet taken. */
  Path newModel() {
    return folder.resolve("model-" + UUID.randomUUID());
  }

  /** The command, for {@link SubmitScript}. */
  List<String> command(Object model, Map<String, String> spark) {
    List<String> command = new ArrayList<>(arguments(model));
    command.add("--");
    spark.forEach(
        (key, value) -> {
          command.add("--conf");
          command.add(key + "=" + value);
        });
    return command;
  }

  private List<String> arguments(Object model) {
    List<String> arguments = new ArrayList<>();
    arguments.add("train");
    arguments.add(data == null ? "--train-rows=" + ROWS : "--data=" + data);
    arguments.addAll(List.of("--iterations=" + iterations, "--bias", "--partitions=4"));
    arguments.addAll(options);
    arguments.add("--out=" + model);
    return arguments;
  }

  /** What a driver in this JVM printed and ended with. */
  record Outcome(int exitCode, String err, Object model) {

    JsonObject verdict() throws IOException {
      assertThat(exitCode).as(err).isZero();
      return ClusterTraining.verdict((Path) model);
    }

    String w1Sha256() throws IOException {
      return verdict().get("w1Sha256").getAsString();
    }
  }

  /** A listener to the lines of progress, called by the driver's thread, which waits for it. */
  interface LineListener {
    void printed(String line);
  }

  /** Trains with the driver in this JVM. */
  Outcome trainHere(Map<String, String> spark, LineListener listener) {
    return trainHere(newModel(), spark, listener);
  }

  /** Trains with the driver in this JVM. */
  Outcome trainHere(Object model, Map<String, String> spark, LineListener listener) {
    Outcome outcome = run(spark, listener, arguments(model));
    return new Outcome(outcome.exitCode, outcome.err, model);
  }

  /** The settings for executors of one core on a cluster. */
  static Map<String, String> on(StandaloneCluster cluster, Map<String, String> more) {
    Map<String, String> spark = new HashMap<>(SparkJvm.executorSettings());
    spark.put("spark.master", cluster.url());
    spark.put("spark.executor.cores", "1");
    spark.put("spark.executor.memory", "512m");
    spark.put("spark.cores.max", "2");
    // Not before all executors are there, or one of them might cache everything.
    spark.put("spark.scheduler.minRegisteredResourcesRatio", "1.0");
    spark.put("spark.ui.enabled", "false");
    spark.putAll(more);
    return spark;
  }

  /** A SparkContext that {@link #trainHere} has started. */
  static SparkContext context() {
    return SparkContext.getOrCreate();
  }

  /** Runs any command with the driver in this JVM. */
  static Outcome run(Map<String, String> spark, LineListener listener, List<String> arguments) {
    Map<Object, Object> before = Map.copyOf(System.getProperties());
    Lines lines = new Lines(listener);
    try {
      spark.forEach(System::setProperty);
      int exitCode =
          CommandLineApplication.run(
              new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
              new PrintStream(lines, true, StandardCharsets.UTF_8),
              Map.of(),
              arguments.toArray(String[]::new));
      return new Outcome(exitCode, lines.all.toString(StandardCharsets.UTF_8), null);
    } finally {
      spark.keySet().forEach(System::clearProperty);
      spark.keySet().stream()
          .filter(before::containsKey)
          .forEach(key -> System.setProperty(key, before.get(key).toString()));
    }
  }

  /** What run.json says. */
  static JsonObject verdict(Path model) throws IOException {
    return JsonParser.parseString(Files.readString(model.resolve("run.json"))).getAsJsonObject();
  }

  static String w1Sha256(Path model) throws IOException {
    return verdict(model).get("w1Sha256").getAsString();
  }

  /** Keeps everything, and tells of each whole line. */
  private static final class Lines extends OutputStream {

    private final ByteArrayOutputStream all = new ByteArrayOutputStream();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final LineListener listener;

    Lines(LineListener listener) {
      this.listener = listener;
    }

    @Override
    public void write(int b) {
      all.write(b);
      if (b != '\n') {
        line.write(b);
        return;
      }
      String text = line.toString(StandardCharsets.UTF_8);
      line.reset();
      listener.printed(text);
    }
  }
}
