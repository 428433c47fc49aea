package dev.onehot.job;

import dev.onehot.data.RowChunk;
import dev.onehot.model.FormatAgreement;
import dev.onehot.storage.Storage;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Reads back the files that a model was published as, and compares what they say of a few rows.
 * {@link ModelCheck} compares the files with their SHA-256, and so finds damage; this finds a file
 * that was written wrong.
 */
public final class PublishedFilesCheck {

  private PublishedFilesCheck() {}

  /**
   * Loads W1.npy, b1.npy and model.json as one model, and model.onnx as another, and scores rows
   * with both. A model that is too large for the format ONNX has no model.onnx, and is only loaded.
   *
   * @param directory the model's directory, on any file system
   * @param rows some rows; a few hundred take a moment
   * @return in a sentence which file does not load, and why, or what differs first; empty if all
   *     load and nothing differs
   */
  public static Optional<String> difference(Path directory, RowChunk rows, Configuration hadoop) {
    try {
      FileSystem system = Storage.of(directory, hadoop);
      return FormatAgreement.difference(
          directory.toString(),
          name -> system.open(Storage.child(directory, name)),
          rows.firstPosition(),
          features(rows));
    } catch (IOException e) {
      return Optional.of(
          String.format(
              Locale.ROOT, "%s: cannot be read (%s)", directory, Storage.reason(e, directory)));
    }
  }

  /** N × F raw features, row after row. */
  private static float[] features(RowChunk rows) {
    float[] features = new float[rows.rows() * rows.features()];
    float[] row = new float[rows.features()];
    for (int r = 0; r < rows.rows(); r++) {
      rows.copyFeatures(r, row);
      System.arraycopy(row, 0, features, r * row.length, row.length);
    }
    return features;
  }
}
