package dev.onehot.job;

import dev.onehot.predict.FileOptions;
import java.util.Objects;
import org.apache.hadoop.fs.Path;

/**
 * What to predict with which model, and where the predictions go.
 *
 * @param model a model's directory
 * @param input the rows, with or without labels
 * @param out the directory for the predictions, new or empty
 * @param files how the files look
 */
public record PredictionOptions(Path model, InputOptions input, Path out, FileOptions files) {

  public PredictionOptions {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(out, "out");
    Objects.requireNonNull(files, "files");
  }

  /** The predictions for the built-in digits that a training tests on, as CSV. */
  public static PredictionOptions of(Path model, Path out) {
    return new PredictionOptions(model, InputOptions.defaults(), out, FileOptions.defaults());
  }

  /** These options with other rows. */
  public PredictionOptions withInput(InputOptions rows) {
    return new PredictionOptions(model, rows, out, files);
  }

  /** These options with files that look otherwise. */
  public PredictionOptions withFiles(FileOptions other) {
    return new PredictionOptions(model, input, out, other);
  }
}
