package dev.onehot.nightly;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import dev.onehot.registry.Registry;
import dev.onehot.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The gate's verdict in the directory of a version. It is written before anybody sees the version,
 * so a run that goes on after a crash knows what the run before wanted to do with it.
 *
 * @param format {@link #FORMAT}
 * @param night what the run will tell of itself when all is done
 * @param champions the number of the champion's file when the gate decided; 0 for none
 * @param rows the number of rows that the models were measured on
 * @param right how many of them the challenger predicts right
 * @param criteria all that the gate looked at
 */
record GateFile(
    String format,
    NightRecord night,
    int champions,
    long rows,
    long right,
    List<Criterion> criteria) {

  /** Its name in the directory of a version. */
  static final String NAME = "gate.json";

  static final String FORMAT = "onehot gate 1";

  private static final Gson JSON =
      new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();

  String json() {
    return JSON.toJson(this) + "\n";
  }

  /** One of the criteria; empty if the gate did not look at it. */
  Optional<Criterion> criterion(String name) {
    return criteria.stream().filter(criterion -> criterion.name().equals(name)).findFirst();
  }

  /**
   * Reads the verdict on a version; empty if it has none, such as one that was put there by hand,
   * or if it is damaged, which models verify tells. It must hold nobody up: the model is whole.
   */
  static Optional<GateFile> of(Registry registry, int version, Configuration hadoop)
      throws IOException {
    Path directory = registry.version(version);
    try (Reader text = Storage.text(Storage.of(directory, hadoop), directory, NAME)) {
      return Optional.ofNullable(JSON.fromJson(text, GateFile.class)).filter(GateFile::isWhole);
    } catch (FileNotFoundException | JsonParseException e) {
      return Optional.empty();
    }
  }

  private boolean isWhole() {
    return FORMAT.equals(format)
        && night != null
        && night.isWhole()
        && night.version() != null
        && criteria != null
        && criteria.stream().allMatch(criterion -> criterion != null && criterion.isWhole());
  }
}
