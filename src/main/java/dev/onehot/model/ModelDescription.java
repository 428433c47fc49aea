package dev.onehot.model;

import java.util.List;
import java.util.Map;

/**
 * The content of model.json. Values that older files lack are null.
 *
 * @param format {@link #FORMAT}
 * @param version the version of this format
 * @param activation the name of the function between the logits and the softmax
 * @param features F
 * @param classes C
 * @param classNames C names
 * @param bias whether there is a b1.npy
 * @param featureScale the factor for raw features
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
    boolean bias,
    double featureScale,
    Map<String, String> files,
    Provenance provenance) {

  /** What the files are. */
  static final String FORMAT = "onehot softmax regression";

  /** The newest version of the format, which is written. */
  static final int VERSION = 1;

  /** {@link #files}, empty if there are none. */
  Map<String, String> digests() {
    return files == null ? Map.of() : files;
  }
}
