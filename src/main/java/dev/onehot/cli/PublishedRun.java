package dev.onehot.cli;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.onehot.model.ModelFiles;
import dev.onehot.report.Verdict;
import dev.onehot.storage.Storage;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Whether a run has published its model, and with which verdict. */
final class PublishedRun {

  private PublishedRun() {}

  /**
   * The verdict of a run, if the directory holds its model; null otherwise.
   *
   * @param run its id
   */
  static Verdict verdict(Path directory, String run, Configuration hadoop) {
    try {
      FileSystem files = Storage.of(directory, hadoop);
      JsonObject model = json(files, new Path(directory, ModelFiles.DESCRIPTION), JsonObject.class);
      JsonElement provenance = model.get("provenance");
      if (provenance == null
          || !run.equals(provenance.getAsJsonObject().get("run").getAsString())) {
        return null;
      }
      return json(files, new Path(directory, Verdict.NAME), Verdict.class);
    } catch (IOException | JsonParseException | IllegalStateException | NullPointerException e) {
      // No model, or one of somebody else's making.
      return null;
    }
  }

  private static <T> T json(FileSystem files, Path file, Class<T> type) throws IOException {
    try (Reader in = new InputStreamReader(files.open(file), StandardCharsets.UTF_8)) {
      return new Gson().fromJson(in, type);
    }
  }
}
