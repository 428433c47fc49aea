package dev.onehot.job;

import dev.onehot.data.RowChunk;
import dev.onehot.model.FormatAgreement;
import dev.onehot.model.ModelDirectory;
import java.util.Optional;

/**
 * Reads back the files that a model was published as, and compares what they say of a few rows.
 * {@link ModelCheck} compares the files with their SHA-256, and so finds damage; this finds a file
 * that was written wrong.
 */
public final class PublishedFilesCheck {

  /** The most features of all rows together: model.onnx takes rows with all their zeros. */
  private static final int MOST_FEATURES = 1 << 22;

  private PublishedFilesCheck() {}

  /**
   * Loads W1.npy, b1.npy and model.json as one model, and model.onnx as another, and scores rows
   * with both. A model that is too large for the format ONNX has no model.onnx, and is only loaded.
   *
   * @param directory the directory's name, for messages
   * @param files opens the files
   * @param rows some rows; a few hundred take a moment
   * @return in a sentence which file does not load, and why, or what differs first; empty if all
   *     load and nothing differs
   */
  public static Optional<String> difference(
      String directory, ModelDirectory.Files files, RowChunk rows) {
    return FormatAgreement.difference(directory, files, rows.firstPosition(), features(rows));
  }

  /** N × F raw features, row after row: of fewer rows if these have very many. */
  private static float[] features(RowChunk rows) {
    int count = Math.min(rows.rows(), Math.max(1, MOST_FEATURES / rows.features()));
    float[] features = new float[count * rows.features()];
    float[] row = new float[rows.features()];
    for (int r = 0; r < count; r++) {
      rows.copyFeatures(r, row);
      System.arraycopy(row, 0, features, r * row.length, row.length);
    }
    return features;
  }
}
