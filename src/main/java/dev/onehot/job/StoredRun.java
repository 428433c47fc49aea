package dev.onehot.job;

import com.google.gson.JsonParseException;
import dev.onehot.failure.InputException;
import dev.onehot.report.MetricsLog;
import dev.onehot.storage.Storage;
import dev.onehot.train.IterationMetrics;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A training as its model directory tells it.
 *
 * @param model the model
 * @param figures the figures of run.json
 * @param history the iterations of metrics.jsonl
 */
record StoredRun(StoredModel model, TrainingFigures figures, List<IterationMetrics> history) {

  /**
   * Reads a model directory.
   *
   * @param warnings gets a line if the iterations cannot be read
   * @throws InputException if it isn't one, or a file is missing or broken
   */
  static StoredRun open(Path named, Configuration hadoop, Consumer<String> warnings) {
    StoredModel model = StoredModel.open(named, hadoop);
    Path directory = model.directory();
    TrainingFigures figures =
        verdict(directory, hadoop)
            .map(Verdict::figures)
            .orElseThrow(
                () ->
                    failure(
                        directory, Verdict.NAME + " tells of no training that succeeded", null));
    return new StoredRun(model, figures, history(directory, hadoop, warnings));
  }

  /** Without iterations a run has its figures all the same, but no curves. */
  private static List<IterationMetrics> history(
      Path directory, Configuration hadoop, Consumer<String> warnings) {
    try {
      List<IterationMetrics> history = RecordedTraining.history(directory, hadoop);
      if (history.isEmpty()) {
        warnings.accept(
            String.format(
                Locale.ROOT,
                "%s: has no %s, so its curves are missing",
                directory,
                MetricsLog.NAME));
      }
      return history;
    } catch (InputException e) {
      warnings.accept(e.getMessage() + "; its curves are missing");
      return List.of();
    }
  }

  private static Optional<Verdict> verdict(Path directory, Configuration hadoop) {
    Path file = Storage.child(directory, Verdict.NAME);
    try (Reader text = Storage.text(Storage.of(directory, hadoop), directory, Verdict.NAME)) {
      return Verdict.parse(text);
    } catch (FileNotFoundException e) {
      throw failure(directory, "has no " + Verdict.NAME, e);
    } catch (IOException | JsonParseException e) {
      throw failure(
          directory,
          String.format(
              Locale.ROOT, "%s cannot be read (%s)", Verdict.NAME, Storage.reason(e, file)),
          e);
    }
  }

  private static InputException failure(Path directory, String problem, Exception cause) {
    return new InputException(
        String.format(
            Locale.ROOT, "%s: %s; name models that train has written", directory, problem),
        cause);
  }
}
