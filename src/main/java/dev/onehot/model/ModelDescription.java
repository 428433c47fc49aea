package dev.onehot.model;

import com.google.gson.JsonElement;
import com.google.gson.annotations.JsonAdapter;
import dev.onehot.math.Activation;
import dev.onehot.math.FeatureScaling;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The content of model.json. Values that a model does not need, or that older files lack, are null.
 *
 * @param format {@link #FORMAT}
 * @param version the version of this format
 * @param activation the name of the function between the logits and the softmax
 * @param features F
 * @param classes C
 * @param classNames C names
 * @param classLabels C labels as they stand in rows; null in version 2 if they are the names; in
 *     version 1 labels are the numbers of the classes
 * @param bias whether there is a b1.npy
 * @param featureScale the factor for raw features; null if each has its own
 * @param featureScales F factors, see {@link FeatureNumbers}; null if there is one for all
 * @param featureShifts F numbers that are taken off first; null if all are 0
 * @param featureNames F names; null without
 * @param missingMeans F raw numbers in place of missing features; null without
 * @param files for each other file that belongs to the model, its SHA-256
 * @param provenance how the model was made
 */
record ModelDescription(
    String format,
    int version,
    String activation,
    int features,
    int classes,
    List<String> classNames,
    List<String> classLabels,
    boolean bias,
    Double featureScale,
    @JsonAdapter(OneLineJson.class) JsonElement featureScales,
    @JsonAdapter(OneLineJson.class) JsonElement featureShifts,
    List<String> featureNames,
    @JsonAdapter(OneLineJson.class) JsonElement missingMeans,
    Map<String, String> files,
    Provenance provenance) {

  /** What the files are. */
  static final String FORMAT = "onehot softmax regression";

  /** The newest version of the format. */
  static final int VERSION = 2;

  /** Describes a model, and writes the numbers of its features into files if they are many. */
  static ModelDescription of(SoftmaxModel model, Provenance provenance, DigestedFiles files)
      throws IOException {
    FeatureScaling scaling = model.scaling();
    double[] means = model.linear().means();
    int features = model.features();
    JsonElement scales =
        scaling.isUniform()
            ? null
            : FeatureNumbers.write(scaling::scale, features, ModelFiles.SCALES, files);
    JsonElement shifts =
        scaling.isCentred()
            ? FeatureNumbers.write(scaling::shift, features, ModelFiles.SHIFTS, files)
            : null;
    JsonElement meansOfMissing =
        means == null
            ? null
            : FeatureNumbers.write(j -> means[j], features, ModelFiles.MEANS, files);
    boolean numbered = model.labels().equals(SoftmaxModel.numbers(model.classes()));
    boolean first =
        numbered && scales == null && meansOfMissing == null && model.featureNames().isEmpty();
    return new ModelDescription(
        FORMAT,
        first ? 1 : VERSION,
        model.activation().name().toLowerCase(Locale.ROOT),
        features,
        model.classes(),
        model.classNames(),
        first || model.labels().equals(model.classNames()) ? null : model.labels(),
        model.hasBias(),
        scaling.isUniform() ? scaling.scale(0) : null,
        scales,
        shifts,
        model.featureNames().isEmpty() ? null : model.featureNames(),
        meansOfMissing,
        new TreeMap<>(files.digests()),
        provenance);
  }

  /** {@link #files}, empty if there are none. */
  Map<String, String> digests() {
    return files == null ? Map.of() : files;
  }

  /** C labels as they stand in rows. */
  List<String> labels() {
    if (version == 1) {
      return SoftmaxModel.numbers(classes);
    }
    return classLabels == null ? classNames : classLabels;
  }

  Activation knownActivation() {
    return Arrays.stream(Activation.values())
        .filter(known -> known.name().equalsIgnoreCase(activation))
        .findFirst()
        .orElse(null);
  }

  /**
   * What is wrong with a description of a known format and version.
   *
   * @return words that follow its name; null if nothing is wrong
   */
  String problem() {
    if (knownActivation() == null
        || classNames == null
        || classes < 1
        || features < 1
        || version < 1
        || !bias && digests().containsKey(ModelFiles.BIAS)
        || version == 1 && featureScale == null) {
      return "is incomplete or contradicts itself";
    }
    if (!areDistinct(classNames, classes)) {
      return names("classNames", classes);
    }
    if (classLabels != null && !areDistinct(classLabels, classes)) {
      return names("classLabels", classes);
    }
    if (featureNames != null && !areDistinct(featureNames, features)) {
      return names("featureNames", features);
    }
    if ((featureScale == null) == isNone(featureScales)) {
      return "has not one of featureScale and featureScales";
    }
    if (featureScale != null && !(featureScale > 0 && Double.isFinite(featureScale))) {
      return "has no positive number as featureScale";
    }
    if (featureScale != null && !isNone(featureShifts)) {
      return "has featureShifts without featureScales";
    }
    return null;
  }

  private static boolean areDistinct(List<String> names, int count) {
    return !names.contains(null) && names.size() == count && Set.copyOf(names).size() == count;
  }

  private static String names(String field, int count) {
    return String.format(Locale.ROOT, "has not %,d different names as %s", count, field);
  }

  /** Whether a field is not there. */
  static boolean isNone(JsonElement field) {
    return field == null || field.isJsonNull();
  }
}
