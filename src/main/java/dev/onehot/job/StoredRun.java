package dev.onehot.job;

import com.google.gson.JsonParseException;
import dev.onehot.failure.InputException;
import dev.onehot.report.MetricsLog;
import dev.onehot.storage.Storage;
import dev.onehot.train.IterationMetrics;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
   * @throws InputException if it isn't one, or a file is missing or broken
   */
  static StoredRun open(Path directory, Configuration hadoop) {
    StoredModel model = StoredModel.open(directory, hadoop);
    TrainingFigures figures =
        verdict(directory, hadoop)
            .map(Verdict::figures)
            .orElseThrow(
                () ->
                    failure(
                        directory, Verdict.NAME + " tells of no training that succeeded", null));
    List<IterationMetrics> history = RecordedTraining.history(directory, hadoop);
    if (history.isEmpty()) {
      throw failure(directory, "there are no iterations in a " + MetricsLog.NAME, null);
    }
    return new StoredRun(model, figures, history);
  }

  private static Optional<Verdict> verdict(Path directory, Configuration hadoop) {
    Path file = Storage.child(directory, Verdict.NAME);
    try (Reader text =
        new InputStreamReader(Storage.of(directory, hadoop).open(file), StandardCharsets.UTF_8)) {
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
