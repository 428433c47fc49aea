package dev.onehot.cli;

import dev.onehot.job.ProcessVerdict;
import dev.onehot.storage.Storage;
import dev.onehot.storage.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Where a process leaves its verdict, and submit.sh looks for it.
 *
 * @param path the file; or else the output of the run, beside which there is a hidden file
 * @param isFile whether the path is the file itself
 * @param run the name that submit.sh gave to the run; null if nobody did, and then the path is the
 *     file
 */
record VerdictPlace(Path path, boolean isFile, String run) {

  /** Set by submit.sh to a name for the run that it waits for, and to the output. */
  static final String RUN = "spark.onehot.run";

  static final String OUTPUT = "spark.onehot.output";

  /** Where these arguments, or submit.sh, want a verdict; null if nobody wants one. */
  static VerdictPlace of(List<String> arguments) {
    if (CommonArguments.askForHelp(arguments)) {
      return null;
    }
    String run = System.getProperty(RUN);
    Optional<String> file = CommonArguments.verdict(arguments);
    String output = System.getProperty(OUTPUT);
    try {
      if (file.isPresent()) {
        return file(PathText.parse(file.get()), run);
      }
      return run == null || output == null ? null : beside(PathText.parse(output), run);
    } catch (IllegalArgumentException e) {
      // It is no path, and the parser says so.
      return null;
    }
  }

  /** The verdict in a file. */
  static VerdictPlace file(Path file, String run) {
    return new VerdictPlace(file, true, run);
  }

  /**
   * The verdict in a hidden file of the lowest folder above the output that exists. The folders
   * below it may be gone again after a failure.
   */
  static VerdictPlace beside(Path output, String run) {
    return new VerdictPlace(output, false, run);
  }

  /**
   * Makes sure that no verdict of an earlier run is there, and that the folder is.
   *
   * @throws IOException if the file cannot be written
   */
  void clear(Configuration hadoop) throws IOException {
    FileSystem files = Storage.of(path, hadoop);
    Path file = files.makeQualified(path);
    if (files.exists(file) && files.getFileStatus(file).isDirectory()) {
      throw new IOException("is a folder");
    }
    files.mkdirs(file.getParent());
    files.delete(file, false);
  }

  /** Writes the verdict. Replaces the one that is there. */
  void write(ProcessVerdict verdict, Configuration hadoop) throws IOException {
    FileSystem files = Storage.of(path, hadoop);
    Path file = files.makeQualified(path);
    if (!isFile) {
      Path folder = file.getParent();
      while (folder.getParent() != null && !files.exists(folder)) {
        folder = folder.getParent();
      }
      file = hidden(folder);
    }
    byte[] content = verdict.json().getBytes(StandardCharsets.UTF_8);
    WholeFile.write(files, file, out -> out.write(content));
  }

  /**
   * Reads this run's verdict. A hidden file is removed.
   *
   * @return empty if there is none, or that of another run
   * @throws IOException if reading fails
   * @throws com.google.gson.JsonParseException if there is something else
   */
  Optional<ProcessVerdict> read(Configuration hadoop) throws IOException {
    FileSystem files = Storage.of(path, hadoop);
    Path file = files.makeQualified(path);
    if (!isFile) {
      Path folder = file.getParent();
      while (folder.getParent() != null && !files.exists(hidden(folder))) {
        folder = folder.getParent();
      }
      file = hidden(folder);
    }
    if (!files.exists(file)) {
      return Optional.empty();
    }
    ProcessVerdict verdict;
    try (InputStream in = files.open(file)) {
      verdict = ProcessVerdict.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
    if (!isFile) {
      files.delete(file, false);
    }
    return Optional.of(verdict).filter(left -> run.equals(left.run()));
  }

  private Path hidden(Path folder) {
    return Storage.child(folder, String.format(Locale.ROOT, ".onehot-verdict-%s.json", run));
  }
}
