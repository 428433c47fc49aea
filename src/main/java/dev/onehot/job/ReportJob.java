package dev.onehot.job;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.OutputException;
import dev.onehot.failure.Problems;
import dev.onehot.failure.SettingNames;
import dev.onehot.report.Redaction;
import dev.onehot.report.page.Run;
import dev.onehot.report.page.RunsPage;
import dev.onehot.storage.Storage;
import dev.onehot.storage.WholeFile;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Lays trainings side by side on one page. Does not need Spark.
 *
 * @param runs the model directories
 * @param out the file to write, which must not exist
 */
public record ReportJob(List<Path> runs, Path out) {

  /**
   * @throws InvalidSettingsException if there are too few runs, or too many
   */
  public ReportJob {
    runs = List.copyOf(runs);
    new Problems()
        .require(
            runs.size() >= 2 && runs.size() <= RunsPage.MOST_RUNS,
            "⟨runs⟩ must name 2 to %d model directories, not %d",
            RunsPage.MOST_RUNS,
            runs.size())
        .throwIfAny();
  }

  /**
   * Reads the directories and writes the page.
   *
   * @param warnings gets a line for each run whose curves are missing
   * @return the name of the best run
   * @throws dev.onehot.failure.InputException if a directory is no model's, or is damaged
   * @throws InvalidSettingsException if the file exists, or its folder cannot be written
   * @throws OutputException if the page cannot be written
   */
  public String write(Configuration hadoop, Consumer<String> warnings) {
    FileSystem files;
    try {
      files = Storage.of(out, hadoop);
      if (files.exists(out)) {
        throw exists(null);
      }
      Path folder = files.makeQualified(out).getParent();
      if (folder == null || !files.exists(folder)) {
        throw new InvalidSettingsException(
            SettingNames.format("⟨out⟩ %s: there is no folder %s; make it first", out, folder));
      }
    } catch (IOException e) {
      throw new InvalidSettingsException(
          SettingNames.format("⟨out⟩ %s: cannot be written (%s)", out, Storage.reason(e, out)), e);
    }
    List<Run> read = runs.stream().map(directory -> run(directory, hadoop, warnings)).toList();
    try {
      WholeFile.create(files, files.makeQualified(out), page -> RunsPage.write(read, page));
    } catch (FileAlreadyExistsException e) {
      throw exists(e);
    } catch (IOException e) {
      throw new OutputException(
          String.format(Locale.ROOT, "%s: cannot be written (%s)", out, Storage.reason(e, out)), e);
    }
    return RunsPage.best(read).name();
  }

  private InvalidSettingsException exists(Exception cause) {
    return new InvalidSettingsException(
        SettingNames.format("⟨out⟩ %s: exists already; name a new file", out), cause);
  }

  private static Run run(Path directory, Configuration hadoop, Consumer<String> warnings) {
    StoredRun stored = StoredRun.open(directory, hadoop, warnings);
    TrainingFigures figures = stored.figures();
    return new Run(
        Redaction.uris(directory.toString()),
        stored.model().content().provenance(),
        stored.history(),
        figures.iterations(),
        figures.stopped(),
        new Run.Score(figures.trainAccuracy(), figures.trainLoss()),
        figures.testAccuracy() == null
            ? null
            : new Run.Score(figures.testAccuracy(), figures.testLoss()),
        figures.testFingerprint(),
        figures.deadClasses(),
        figures.warnings(),
        figures.secondsTotal(),
        1000 * figures.secondsPerIterationMedian());
  }
}
