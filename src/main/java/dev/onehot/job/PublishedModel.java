package dev.onehot.job;

import com.google.gson.JsonParseException;
import dev.onehot.model.ModelFiles;
import dev.onehot.model.Provenance;
import dev.onehot.storage.Storage;
import java.io.IOException;
import java.io.Reader;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A model that a run has published.
 *
 * @param directory the model's directory
 * @param verdict the run's verdict
 */
public record PublishedModel(Path directory, Verdict verdict) {

  /**
   * The model in a directory, if a given run published it.
   *
   * @param run the run's id
   * @return empty if there is no model, or one from another run
   */
  static Optional<PublishedModel> of(Path directory, String run, Configuration hadoop) {
    try {
      FileSystem files = Storage.of(directory, hadoop);
      Provenance provenance;
      try (Reader description = Storage.text(files, directory, ModelFiles.DESCRIPTION)) {
        provenance = ModelFiles.provenance(description);
      }
      if (provenance == null || !run.equals(provenance.run())) {
        return Optional.empty();
      }
      try (Reader verdict = Storage.text(files, directory, Verdict.NAME)) {
        return Verdict.parse(verdict).map(parsed -> new PublishedModel(directory, parsed));
      }
    } catch (IOException | JsonParseException e) {
      // There is no model, or another program wrote it.
      return Optional.empty();
    }
  }
}
