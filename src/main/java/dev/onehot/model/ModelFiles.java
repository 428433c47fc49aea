package dev.onehot.model;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/** The files of a model directory that hold the model itself. */
public final class ModelFiles {

  /** W1 as a NumPy array, F × C float64. */
  public static final String WEIGHTS = "W1.npy";

  /** b1 as a NumPy array of C float64. The file exists only if the model has a bias. */
  public static final String BIAS = "b1.npy";

  /**
   * The scale of each feature as a NumPy array of F float64, if model.json has no room for them.
   */
  public static final String SCALES = "scales.npy";

  /** What is taken off each feature first, likewise. */
  public static final String SHIFTS = "shifts.npy";

  /** What takes the place of each missing feature, likewise. */
  public static final String MEANS = "means.npy";

  /**
   * The same model in the format ONNX. The file exists only if it would have less than 2 GiB, as
   * the format demands.
   */
  public static final String ONNX = "model.onnx";

  /** The description of the model: everything except W1 and b1. */
  public static final String DESCRIPTION = "model.json";

  /** The verdict of the run that wrote the model, written last: without it there is no model. */
  public static final String VERDICT = "run.json";

  private static final Gson JSON = new GsonBuilder().setPrettyPrinting().create();

  private ModelFiles() {}

  /** Opens the files of a model directory for writing. */
  @FunctionalInterface
  public interface NewFiles {

    /** Opens a new file with that name. */
    OutputStream open(String name) throws IOException;
  }

  /**
   * Writes all files of a model. The description gets the SHA-256 of each file that was written
   * through {@code files} so far.
   *
   * @param provenance the model's provenance; null if it is not known
   */
  public static void write(SoftmaxModel model, Provenance provenance, DigestedFiles files)
      throws IOException {
    try (OutputStream out = files.open(WEIGHTS)) {
      NpyFormat.write(out, model.linear().weights(), model.features(), model.classes());
    }
    if (model.hasBias()) {
      try (OutputStream out = files.open(BIAS)) {
        NpyFormat.write(out, model.linear().bias(), model.classes());
      }
    }
    if (OnnxFormat.fits(model)) {
      try (OutputStream out = files.open(ONNX)) {
        OnnxFormat.write(out, model, provenance == null ? null : provenance.onehot());
      }
    }
    ModelDescription description = ModelDescription.of(model, provenance, files);
    try (OutputStream out = files.open(DESCRIPTION)) {
      out.write((JSON.toJson(description) + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * Reads a model's provenance.
   *
   * @param description the content of model.json
   * @return null if the description holds none
   * @throws JsonParseException if the text is no JSON of a description
   */
  public static Provenance provenance(Reader description) {
    ModelDescription read = Json.read(() -> JSON.fromJson(description, ModelDescription.class));
    return read == null ? null : read.provenance();
  }
}
