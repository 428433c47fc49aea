package dev.onehot.model;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import dev.onehot.math.Activation;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The files of a model directory that hold the model itself. */
public final class ModelFiles {

  /** W1 as a NumPy array, F × C float64. */
  public static final String WEIGHTS = "W1.npy";

  /** b1 as a NumPy array of C float64. The file exists only if the model has a bias. */
  public static final String BIAS = "b1.npy";

  /**
   * The same model in the format ONNX. The file exists only if it would have less than 2 GiB, as
   * the format demands.
   */
  public static final String ONNX = "model.onnx";

  /** The description of the model: everything except W1 and b1. */
  public static final String DESCRIPTION = "model.json";

  private static final String FORMAT = "onehot softmax regression";
  private static final int VERSION = 1;
  private static final Gson JSON = new GsonBuilder().setPrettyPrinting().create();

  private ModelFiles() {}

  /** The content of model.json. */
  private record Description(
      String format,
      int version,
      String activation,
      int features,
      int classes,
      List<String> classNames,
      boolean bias,
      double featureScale,
      Provenance provenance) {}

  /** Opens the files of a model directory for writing. */
  @FunctionalInterface
  public interface NewFiles {

    /** Opens a new file with that name. */
    OutputStream open(String name) throws IOException;
  }

  /**
   * Writes all files of a model.
   *
   * @param provenance the model's provenance; null if it is not known
   */
  public static void write(SoftmaxModel model, Provenance provenance, NewFiles files)
      throws IOException {
    try (OutputStream out = files.open(WEIGHTS)) {
      model.writeWeights(out);
    }
    if (model.hasBias()) {
      try (OutputStream out = files.open(BIAS)) {
        model.writeBias(out);
      }
    }
    if (OnnxFormat.fits(model)) {
      try (OutputStream out = files.open(ONNX)) {
        OnnxFormat.write(out, model, provenance == null ? null : provenance.onehot());
      }
    }
    Description description =
        new Description(
            FORMAT,
            VERSION,
            model.activation().name().toLowerCase(Locale.ROOT),
            model.features(),
            model.classes(),
            model.classNames(),
            model.hasBias(),
            model.featureScale(),
            provenance);
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
    Description read = JSON.fromJson(description, Description.class);
    return read == null ? null : read.provenance;
  }

  static SoftmaxModel load(Path directory) throws IOException {
    Description description = description(directory.resolve(DESCRIPTION));
    double[] weights = array(directory.resolve(WEIGHTS), description.features, description.classes);
    double[] bias = description.bias ? array(directory.resolve(BIAS), description.classes) : null;
    return new SoftmaxModel(
        weights, bias, activation(description), description.featureScale, description.classNames);
  }

  private static Description description(Path file) throws IOException {
    Description description;
    try {
      description = JSON.fromJson(Files.readString(file), Description.class);
    } catch (JsonParseException e) {
      throw new IOException(file + ": is no JSON: " + e.getMessage(), e);
    }
    if (description == null || !FORMAT.equals(description.format)) {
      throw new IOException(file + ": describes no " + FORMAT);
    }
    if (description.version != VERSION) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: has format version %d; this Onehot reads version %d",
              file,
              description.version,
              VERSION));
    }
    if (activation(description) == null
        || description.classNames == null
        || description.classNames.size() != description.classes
        || description.features < 1
        || !(description.featureScale > 0)) {
      throw new IOException(file + ": is incomplete or contradicts itself");
    }
    return description;
  }

  private static Activation activation(Description description) {
    for (Activation activation : Activation.values()) {
      if (activation.name().equalsIgnoreCase(description.activation)) {
        return activation;
      }
    }
    return null;
  }

  private static double[] array(Path file, int... shape) throws IOException {
    NpyFormat.Array array;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      array = NpyFormat.read(in);
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
    if (!Arrays.equals(array.shape(), shape)) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: has shape %s where model.json says %s",
              file,
              Arrays.toString(array.shape()),
              Arrays.toString(shape)));
    }
    return array.values();
  }
}
