package dev.onehot.bench;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * Runs engines, each in a process of its own, and reads what they report.
 *
 * @param project the project's directory
 * @param work for reports and logs
 * @param data folder with the rows
 * @param python the interpreter; null if there is none
 * @param cores threads of every engine
 * @param heap the largest heap of a JVM, as in {@code -Xmx}
 */
record EngineLauncher(Path project, Path work, Path data, String python, int cores, String heap) {

  private static final int LINES_OF_FAILURE = 5;

  /** Null if the engine can run here, else what is missing. */
  String missing(EngineKind engine) throws IOException, InterruptedException {
    if (engine.script() == null) {
      return null;
    }
    if (python == null) {
      return "no python3 with numpy";
    }
    Process check =
        new ProcessBuilder(python, "-c", engine.imports())
            .redirectErrorStream(true)
            .redirectOutput(work.resolve("imports.log").toFile())
            .start();
    return check.waitFor() == 0
        ? null
        : "%s cannot %s (Debian: python3-numpy, python3-sklearn)"
            .formatted(python, engine.imports());
  }

  /**
   * Runs an engine to its end.
   *
   * @param run names the run's files
   * @throws IOException if it fails; the message has the end of its log
   */
  EngineReport run(EngineKind engine, String run, List<String> arguments)
      throws IOException, InterruptedException {
    Path report = work.resolve(engine.key() + "-" + run + ".json");
    Path log = log(engine, run);
    Files.deleteIfExists(report);
    List<String> all = new ArrayList<>(List.of("--out", report.toString()));
    all.addAll(arguments);
    int code =
        process(engine, all)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    if (code != 0 || !Files.exists(report)) {
      throw failure(engine, code, log);
    }
    try {
      return new Gson().fromJson(Files.readString(report), EngineReport.class);
    } catch (JsonParseException e) {
      throw new IOException(report + ": " + e.getMessage(), e);
    }
  }

  /** Where a run's messages go. */
  Path log(EngineKind engine, String run) {
    return work.resolve(engine.key() + "-" + run + ".log");
  }

  /** Starts an engine that takes turns, line by line; see {@link PassTurns}. */
  Process open(EngineKind engine, Path log) throws IOException {
    return process(engine, List.of("--turns")).redirectError(log.toFile()).start();
  }

  /** An engine that has failed, with the end of its log. */
  IOException failure(EngineKind engine, int code, Path log) throws IOException {
    return new IOException(
        "%s failed with exit code %d; the end of %s:%n%s"
            .formatted(engine.label(), code, log, end(log)));
  }

  private ProcessBuilder process(EngineKind engine, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(pinning());
    command.addAll(engine.script() == null ? java(engine) : python(engine));
    command.addAll(List.of("--data", data.toString(), "--cores", Integer.toString(cores)));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment(engine));
    return builder;
  }

  private List<String> java(EngineKind engine) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    command.add("-Xmx" + heap);
    sparkSettings().forEach((key, value) -> command.add("-D%s=%s".formatted(key, value)));
    command.add(
        "-Dlog4j2.configurationFile="
            + project.resolve("conf").resolve("log4j2.properties").toUri());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(engine.program().getName());
    return command;
  }

  /** What submit.sh gives Spark. */
  private Properties sparkSettings() throws IOException {
    Properties settings = new Properties();
    try (Reader file = Files.newBufferedReader(project.resolve("conf").resolve("spark.conf"))) {
      settings.load(file);
    }
    return settings;
  }

  private List<String> python(EngineKind engine) {
    Path scripts = project.resolve("src").resolve("bench").resolve("python");
    return List.of(python, "-B", scripts.resolve(engine.script()).toString());
  }

  /** So that a JVM's own threads keep to the cores, too, where the machine has more. */
  private List<String> pinning() {
    boolean possible = cores < Runtime.getRuntime().availableProcessors() && onPath("taskset");
    return possible ? List.of("taskset", "-c", "0-" + (cores - 1)) : List.of();
  }

  private static boolean onPath(String program) {
    for (String directory : System.getenv("PATH").split(File.pathSeparator)) {
      if (Files.isExecutable(Path.of(directory, program))) {
        return true;
      }
    }
    return false;
  }

  /** Spark's tasks are MLlib's threads; its BLAS is to have none beside them. */
  private Map<String, String> environment(EngineKind engine) {
    String threads = engine.script() == null ? "1" : Integer.toString(cores);
    return Map.of(
        "OPENBLAS_NUM_THREADS", threads,
        "OMP_NUM_THREADS", threads,
        "SPARK_LOCAL_IP", "127.0.0.1");
  }

  private static String end(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join(
        System.lineSeparator(),
        lines.subList(Math.max(0, lines.size() - LINES_OF_FAILURE), lines.size()));
  }
}
