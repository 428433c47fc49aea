package dev.onehot;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * How tests start JVMs of the Spark in target/spark: with an archive of Spark's classes, which
 * takes seconds of processor time off every start.
 *
 * <p>It is the tests' own archive: that of submit.sh is for a class path that begins with
 * onehot.jar, but executors have to get the jar from their driver.
 */
public final class SparkJvm {

  private static final Path SPARK = ProjectHome.resolve("target/spark");
  private static final Path JAR = ProjectHome.resolve("target/onehot.jar");

  private SparkJvm() {}

  /** Java with the archive; a main class and its arguments are to follow. */
  public static List<String> command(List<String> options, Path... classesBesideSpark) {
    List<String> all = new ArrayList<>(Archive.OPTIONS);
    all.addAll(options);
    return java(all, classesBesideSpark);
  }

  /**
   * Spark settings for executors that start with the archive and get onehot.jar from the driver.
   */
  public static Map<String, String> executorSettings() {
    Map<String, String> settings = new HashMap<>(ProjectHome.sparkSettings());
    settings.put("spark.jars", JAR.toString());
    settings.put("spark.executor.extraJavaOptions", archiveOptions());
    return settings;
  }

  /** For JVMs whose class path is the one that Spark's launcher gives executors. */
  public static String archiveOptions() {
    return String.join(" ", Archive.OPTIONS);
  }

  /** A process of the Spark in target/spark; those that it starts are that Spark's, too. */
  public static ProcessBuilder process(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .putAll(
            Map.of(
                "SPARK_HOME", SPARK.toString(),
                "SPARK_SCALA_VERSION", "2.13",
                "SPARK_LOCAL_IP", "127.0.0.1"));
    return builder;
  }

  /** Of several JVMs with tests the others wait until it is closed. */
  public static FileChannel lock() throws IOException {
    FileChannel file =
        FileChannel.open(
            SPARK.resolve("tests.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    file.lock();
    return file;
  }

  private static List<String> java(List<String> options, Path... classesBesideSpark) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    command.addAll(options);
    StringBuilder classPath = new StringBuilder(ClassPath.OF_SPARK);
    for (Path classes : classesBesideSpark) {
      classPath.append(File.pathSeparator).append(classes);
    }
    command.addAll(List.of("-cp", classPath.toString()));
    return command;
  }

  /** What it prints, once it has ended. */
  private static String run(List<String> command) throws IOException {
    Process process = process(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.onExit().join();
    return printed;
  }

  /** The class path that Spark's launcher gives executors: an archive is for that one alone. */
  private static final class ClassPath {

    static final String OF_SPARK = ask();

    private static String ask() {
      try {
        String command =
            run(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    SPARK + "/jars/*",
                    "org.apache.spark.launcher.Main",
                    "org.apache.spark.deploy.worker.Worker"));
        List<String> words = List.of(command.split("\0"));
        return words.get(words.indexOf("-cp") + 1);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Made once for the jars, from a tiny training with a master, a worker and a driver in one JVM.
   */
  private static final class Archive {

    private static final Path FILE = SPARK.resolve("tests-" + Runtime.version() + ".jsa");

    /** Empty where it can't be made: everything works without it. */
    static final List<String> OPTIONS = options();

    private static List<String> options() {
      try (FileChannel lock = lock()) {
        assert lock.isOpen();
        if (!isUpToDate()) {
          make();
        }
        return isUpToDate()
            ? List.of("-XX:SharedArchiveFile=" + FILE, "-Xlog:disable", "-Xlog:all=error:stderr")
            : List.of();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static boolean isUpToDate() throws IOException {
      return Files.exists(FILE)
          && Files.getLastModifiedTime(FILE)
                  .compareTo(Files.getLastModifiedTime(SPARK.resolve("jars")))
              > 0;
    }

    private static void make() throws IOException {
      Path folder = Files.createTempDirectory("classes");
      Path classes = folder.resolve("classes.jsa");
      List<String> training =
          java(
              List.of(
                  "-XX:ArchiveClassesAtExit=" + classes,
                  "-Xlog:disable",
                  "-XX:TieredStopAtLevel=1",
                  "-Dlog4j2.configurationFile=" + ProjectHome.resolve("conf/log4j2.properties"),
                  "-Dspark.master=local-cluster[1,1,1024]",
                  // The UI listens, as those of masters and workers do.
                  "-Dspark.ui.port=0"));
      training.addAll(
          List.of(
              "org.apache.spark.deploy.SparkSubmit",
              "--class",
              "dev.onehot.Onehot",
              JAR.toString(),
              "train",
              "--train-rows=256",
              "--iterations=2",
              "--out=" + folder.resolve("model")));
      run(training);
      if (Files.exists(classes)) {
        Files.move(classes, FILE, StandardCopyOption.REPLACE_EXISTING);
      }
      FileUtil.fullyDelete(folder.toFile());
    }
  }
}
