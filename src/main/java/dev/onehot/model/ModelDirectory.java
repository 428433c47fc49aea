package dev.onehot.model;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import dev.onehot.math.Activation;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A model that was read from its directory.
 *
 * @param model the model
 * @param provenance how it was made; null if the directory doesn't say
 * @param digests for each other file that belongs to the model, its SHA-256 as model.json says;
 *     empty for models of former versions of Onehot
 */
public record ModelDirectory(
    SoftmaxModel model, Provenance provenance, Map<String, String> digests) {

  private static final Gson JSON = new GsonBuilder().create();

  /** Opens the files of a model directory for reading, wherever it is. */
  @FunctionalInterface
  public interface Files {

    /** Opens the file with that name. */
    InputStream open(String name) throws IOException;
  }

  /**
   * Reads a model directory.
   *
   * @param name the directory's name, for messages
   * @throws IOException if a file is missing, damaged or that of another model, or is of a newer
   *     format; the message names it
   */
  public static ModelDirectory load(String name, Files files) throws IOException {
    return new Reading(name, files).load();
  }

  private record Reading(String directory, Files files) {

    ModelDirectory load() throws IOException {
      ModelDescription description = description();
      double[] weights =
          array(ModelFiles.WEIGHTS, description, description.features(), description.classes());
      double[] bias =
          description.bias() ? array(ModelFiles.BIAS, description, description.classes()) : null;
      SoftmaxModel model =
          new SoftmaxModel(
              weights,
              bias,
              activation(description),
              description.featureScale(),
              description.classNames());
      return new ModelDirectory(model, description.provenance(), description.digests());
    }

    private ModelDescription description() throws IOException {
      String text = new String(bytes(ModelFiles.DESCRIPTION), StandardCharsets.UTF_8);
      ModelDescription description;
      try {
        description = Json.read(() -> JSON.fromJson(text, ModelDescription.class));
      } catch (JsonParseException e) {
        throw failure(ModelFiles.DESCRIPTION, "is damaged: it is no JSON of a model", e);
      }
      if (description == null || !ModelDescription.FORMAT.equals(description.format())) {
        throw failure(
            ModelFiles.DESCRIPTION, "describes no " + ModelDescription.FORMAT + " model", null);
      }
      if (description.version() > ModelDescription.VERSION) {
        throw failure(
            ModelFiles.DESCRIPTION,
            String.format(
                Locale.ROOT,
                "is of format version %d, and this Onehot reads up to %d: use the Onehot that wrote it, or a newer one",
                description.version(),
                ModelDescription.VERSION),
            null);
      }
      if (activation(description) == null
          || description.classNames() == null
          || description.classNames().size() != description.classes()
          || description.classNames().contains(null)
          || description.classes() < 1
          || description.features() < 1
          || !(description.featureScale() > 0)
          || !Double.isFinite(description.featureScale())
          || description.version() < 1
          || Set.copyOf(description.classNames()).size() != description.classes()
          || !description.bias() && description.digests().containsKey(ModelFiles.BIAS)) {
        throw failure(ModelFiles.DESCRIPTION, "is incomplete or contradicts itself", null);
      }
      return description;
    }

    private static Activation activation(ModelDescription description) {
      return Arrays.stream(Activation.values())
          .filter(activation -> activation.name().equalsIgnoreCase(description.activation()))
          .findFirst()
          .orElse(null);
    }

    private double[] array(String name, ModelDescription description, int... shape)
        throws IOException {
      byte[] bytes = bytes(name);
      String expected = description.digests().get(name);
      NpyFormat.Array array;
      try {
        array = NpyFormat.read(new ByteArrayInputStream(bytes));
      } catch (IOException e) {
        throw failure(name, "cannot be read: " + e.getMessage(), e);
      }
      if (!Arrays.equals(array.shape(), shape)) {
        throw failure(
            name,
            String.format(
                Locale.ROOT,
                "has shape %s where %s says %s",
                Arrays.toString(array.shape()),
                ModelFiles.DESCRIPTION,
                Arrays.toString(shape)),
            null);
      }
      if (expected != null && !expected.equals(Sha256.of(bytes))) {
        throw failure(
            name,
            "is damaged or belongs to another model: its SHA-256 is not the one in "
                + ModelFiles.DESCRIPTION,
            null);
      }
      requireFinite(name, array.values(), description.classes());
      return array.values();
    }

    private void requireFinite(String name, double[] values, int classes) throws IOException {
      for (int i = 0; i < values.length; i++) {
        if (!Double.isFinite(values[i])) {
          throw failure(
              name,
              String.format(
                  Locale.ROOT,
                  "holds %s for feature %d and class %d, where only finite numbers make a model",
                  values[i],
                  i / classes,
                  i % classes),
              null);
        }
      }
    }

    private byte[] bytes(String name) throws IOException {
      try (InputStream in = files.open(name)) {
        return in.readAllBytes();
      } catch (FileNotFoundException | NoSuchFileException e) {
        throw new FileNotFoundException(
            String.format(
                Locale.ROOT, "%s: has no %s, so it is no model directory", directory, name));
      }
    }

    private IOException failure(String name, String reason, Exception cause) {
      return new IOException(
          String.format(Locale.ROOT, "%s: %s %s", directory, name, reason), cause);
    }
  }
}
