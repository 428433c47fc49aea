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
        read(directory, Verdict.NAME, hadoop, Verdict::parse)
            .map(Verdict::figures)
            .orElseThrow(
                () ->
                    new InputException(
                        String.format(
                            Locale.ROOT,
                            "%s: its %s tells of no training that succeeded; name models that train has written",
                            directory,
                            Verdict.NAME)));
    return new StoredRun(model, figures, history(directory, hadoop));
  }

  /**
   * The iterations of a model directory's training.
   *
   * @throws InputException if metrics.jsonl is missing or broken
   */
  static List<IterationMetrics> history(Path directory, Configuration hadoop) {
    return read(directory, MetricsLog.NAME, hadoop, MetricsLog::read);
  }

  @FunctionalInterface
  private interface Parser<T> {
    T parse(Reader text) throws IOException;
  }

  private static <T> T read(Path directory, String name, Configuration hadoop, Parser<T> parser) {
    Path file = Storage.child(directory, name);
    try (Reader text =
        new InputStreamReader(Storage.of(directory, hadoop).open(file), StandardCharsets.UTF_8)) {
      return parser.parse(text);
    } catch (FileNotFoundException e) {
      throw new InputException(
          String.format(
              Locale.ROOT, "%s: has no %s; name models that train has written", directory, name),
          e);
    } catch (JsonParseException e) {
      throw new InputException(
          String.format(Locale.ROOT, "%s: is damaged (%s)", file, Storage.reason(e, file)), e);
    } catch (IOException e) {
      throw new InputException(
          String.format(Locale.ROOT, "%s: cannot be read (%s)", file, Storage.reason(e, file)), e);
    }
  }
}
