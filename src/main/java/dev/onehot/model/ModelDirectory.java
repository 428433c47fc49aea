package dev.onehot.model;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import dev.onehot.math.FeatureScaling;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

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
      int features = description.features();
      int classes = description.classes();
      double[] weights = array(ModelFiles.WEIGHTS, description, features, classes);
      double[] bias = description.bias() ? array(ModelFiles.BIAS, description, classes) : null;
      double[] means =
          perFeature(description.missingMeans(), "missingMeans", ModelFiles.MEANS, description);
      SoftmaxModel model =
          new SoftmaxModel(
              new LinearPart(weights, bias, classes, scaling(description), means),
              description.knownActivation(),
              description.classNames().toArray(String[]::new),
              description.labels().toArray(String[]::new),
              description.featureNames() == null
                  ? null
                  : description.featureNames().toArray(String[]::new));
      return new ModelDirectory(model, description.provenance(), description.digests());
    }

    private FeatureScaling scaling(ModelDescription description) throws IOException {
      if (description.featureScale() != null) {
        return FeatureScaling.uniform(description.featureScale());
      }
      double[] scales =
          perFeature(description.featureScales(), "featureScales", ModelFiles.SCALES, description);
      if (!Arrays.stream(scales).allMatch(scale -> scale > 0)) {
        throw failure(ModelFiles.DESCRIPTION, "has featureScales that are not all positive", null);
      }
      return FeatureScaling.of(
          scales,
          perFeature(description.featureShifts(), "featureShifts", ModelFiles.SHIFTS, description));
    }

    /** A number for each feature, from model.json or a file of its own; null if there are none. */
    private double[] perFeature(
        JsonElement numbers, String field, String file, ModelDescription description)
        throws IOException {
      if (ModelDescription.isNone(numbers)) {
        return null;
      }
      if (FeatureNumbers.areIn(numbers, file)) {
        return array(file, description, description.features());
      }
      double[] values = FeatureNumbers.of(numbers);
      if (values == null || values.length != description.features()) {
        throw failure(
            ModelFiles.DESCRIPTION,
            String.format(
                Locale.ROOT,
                "has neither %,d finite numbers nor %s as %s",
                description.features(),
                file,
                field),
            null);
      }
      return values;
    }

    private ModelDescription description() throws IOException {
      String text;
      try (InputStream in = open(ModelFiles.DESCRIPTION)) {
        text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
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
      String problem = description.problem();
      if (problem != null) {
        throw failure(ModelFiles.DESCRIPTION, problem, null);
      }
      return description;
    }

    private double[] array(String name, ModelDescription description, int... shape)
        throws IOException {
      String expected = description.digests().get(name);
      double[] values;
      MessageDigest digest = Sha256.digest();
      InputStream in = open(name);
      try (in) {
        values = NpyFormat.readOfShape(new DigestInputStream(in, digest), shape);
      } catch (NpyFormat.OtherShape e) {
        throw failure(
            name,
            String.format(
                Locale.ROOT,
                "has shape %s where %s says %s",
                e.getMessage(),
                ModelFiles.DESCRIPTION,
                Arrays.toString(shape)),
            null);
      } catch (IOException e) {
        throw failure(name, "cannot be read: " + e.getMessage(), e);
      }
      if (expected != null && !expected.equals(HexFormat.of().formatHex(digest.digest()))) {
        throw failure(
            name,
            "is damaged or belongs to another model: its SHA-256 is not the one in "
                + ModelFiles.DESCRIPTION,
            null);
      }
      requireFinite(name, values, shape);
      return values;
    }

    private void requireFinite(String name, double[] values, int... shape) throws IOException {
      for (int i = 0; i < values.length; i++) {
        if (!Double.isFinite(values[i])) {
          String place =
              shape.length == 2
                  ? String.format(
                      Locale.ROOT, "feature %d and class %d", i / shape[1], i % shape[1])
                  : String.format(
                      Locale.ROOT, "%s %d", name.equals(ModelFiles.BIAS) ? "class" : "feature", i);
          throw failure(
              name,
              String.format(
                  Locale.ROOT,
                  "holds %s for %s, where only finite numbers make a model",
                  values[i],
                  place),
              null);
        }
      }
    }

    private InputStream open(String name) throws IOException {
      try {
        return files.open(name);
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
