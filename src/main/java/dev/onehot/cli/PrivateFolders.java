package dev.onehot.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkConf;

/**
 * Folders for the temporary files of a local Spark, one in each folder that is meant for them. Only
 * their owner can read them. Spark lets everybody read the rows that it spills to disk.
 *
 * @param paths the folders
 */
record PrivateFolders(List<Path> paths) {

  /** The environment variable that Spark prefers to {@link #SETTING}. */
  static final String VARIABLE = "SPARK_LOCAL_DIRS";

  static final String SETTING = "spark.local.dir";

  /** After Spark's own clean-up, which has 25 and more. */
  private static final int HOOK_PRIORITY = 15;

  /**
   * Creates the folders. They go with {@link #remove}, or with the end of the process.
   *
   * @param meant the folders that the user or the system means for temporary files; those that
   *     cannot be written are left out
   */
  static PrivateFolders in(String meant) {
    List<Path> made = new ArrayList<>();
    for (String folder : meant.split(",")) {
      try {
        made.add(Files.createTempDirectory(Path.of(folder.strip()), "onehot-spark-"));
      } catch (IOException | IllegalArgumentException e) {
        // SparkChecks has made sure that one of them can be written, as Spark does.
      }
    }
    PrivateFolders folders = new PrivateFolders(List.copyOf(made));
    try {
      ShutdownHookManager.get()
          .addShutdownHook(folders::remove, HOOK_PRIORITY, 1, TimeUnit.MINUTES);
    } catch (IllegalStateException e) {
      // The process is ending already.
      folders.remove();
    }
    return folders;
  }

  /** The folders that Spark would use by itself. */
  static String meant(SparkConf conf) {
    String folders = conf.getenv(VARIABLE);
    return folders == null ? conf.get(SETTING, System.getProperty("java.io.tmpdir")) : folders;
  }

  /** The folders in the form of Spark's setting. */
  String setting() {
    return paths.stream().map(Path::toString).collect(Collectors.joining(","));
  }

  /** Removes the folders. What cannot be removed stays: it is nothing but temporary files. */
  void remove() {
    for (Path folder : paths) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      } catch (IOException | UncheckedIOException e) {
        // Spark may be removing files at the same moment.
      }
    }
  }
}
