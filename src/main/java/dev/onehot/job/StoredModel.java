package dev.onehot.job;

import dev.onehot.data.KnownRows;
import dev.onehot.data.RowSource;
import dev.onehot.failure.InputException;
import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.SettingNames;
import dev.onehot.math.FeatureScaling;
import dev.onehot.model.ModelDirectory;
import dev.onehot.model.ModelFiles;
import dev.onehot.model.Provenance;
import dev.onehot.model.SoftmaxModel;
import dev.onehot.registry.Registry;
import dev.onehot.report.Printable;
import dev.onehot.report.Redaction;
import dev.onehot.storage.PublishedDirectory;
import dev.onehot.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A model in a directory on any file system.
 *
 * @param directory the directory, as the user named it
 * @param location its fully qualified path
 * @param content what the directory holds
 */
public record StoredModel(Path directory, Path location, ModelDirectory content) {

  /**
   * Reads a model.
   *
   * @param named a model's directory, or a registry, whose champion is meant
   * @throws InputException if the directory isn't a model's, or a file is missing, damaged, that of
   *     another model, or of a newer format
   */
  public static StoredModel open(Path named, Configuration hadoop) {
    return openDirectory(directory(named, hadoop), hadoop);
  }

  /**
   * Reads a model.
   *
   * @param say gets a line that names the champion if a registry is given
   */
  static StoredModel open(Path named, Configuration hadoop, Consumer<String> say) {
    StoredModel model = open(named, hadoop);
    if (!model.directory().equals(named)) {
      say.accept(
          String.format(Locale.ROOT, "model: %s, the champion of %s", model.directory(), named));
    }
    return model;
  }

  /**
   * The directory of a model. Only for opening it: a registry has another champion the next moment.
   *
   * @param named the directory itself, or a registry, whose champion is meant
   * @throws InputException if the registry has no champion
   */
  private static Path directory(Path named, Configuration hadoop) {
    try {
      return Registry.isAt(named, Storage.of(named, hadoop))
          ? Registry.open(named, hadoop).champion()
          : named;
    } catch (IOException e) {
      throw unreadable(named, e);
    }
  }

  private static InputException unreadable(Path directory, IOException e) {
    return new InputException(
        String.format(
            Locale.ROOT, "%s: cannot be read (%s)", directory, Storage.reason(e, directory)),
        e);
  }

  private static StoredModel openDirectory(Path directory, Configuration hadoop) {
    try {
      FileSystem files = Storage.of(directory, hadoop);
      try {
        if (files.getFileStatus(directory).isFile()) {
          throw new InputException(
              String.format(Locale.ROOT, "%s: is a file; name a model's directory", directory));
        }
      } catch (FileNotFoundException e) {
        throw new InputException(
            String.format(Locale.ROOT, "%s: no such directory; name a model's", directory), e);
      }
      requireMemory(directory, files, Runtime.getRuntime().maxMemory());
      ModelDirectory content =
          ModelDirectory.load(
              directory.toString(), name -> files.open(Storage.child(directory, name)));
      if (!files.exists(Storage.child(directory, Verdict.NAME))) {
        throw new InputException(
            String.format(
                Locale.ROOT,
                "%s: has no %s, which is written last, so it is no whole model",
                directory,
                Verdict.NAME));
      }
      return new StoredModel(directory, files.makeQualified(directory), content);
    } catch (IOException e) {
      requireReadable(directory, hadoop);
      String message = String.valueOf(e.getMessage());
      throw message.startsWith(directory + ": ")
          ? new InputException(message, e)
          : unreadable(directory, e);
    }
  }

  /**
   * Refuses a model that does not fit, before it is read. W1 is held as it is stored, and by half
   * as many bytes in float32, which go to the tasks as so many bytes again.
   *
   * @param heap the most bytes of the driver's heap
   * @throws InvalidSettingsException if it needs more
   */
  static void requireMemory(Path directory, FileSystem files, long heap) throws IOException {
    Path weights = Storage.child(directory, ModelFiles.WEIGHTS);
    if (!files.exists(weights)) {
      return;
    }
    long needed = TrainingMemory.BASE + 2 * files.getFileStatus(weights).getLen();
    if (needed > heap) {
      throw new InvalidSettingsException(
          SettingNames.format(
              "the driver has %s of memory, but the model %s takes %s at the least; raise %s",
              TrainingMemory.megabytes(heap),
              directory,
              TrainingMemory.megabytes(needed),
              SettingNames.mark("driver-memory")));
    }
  }

  /**
   * Of what lies in a directory that this user may not read, a file system says it is not there.
   */
  private static void requireReadable(Path directory, Configuration hadoop) {
    try {
      Storage.of(directory, hadoop).listStatus(directory);
    } catch (FileNotFoundException e) {
      // There is nothing to read.
    } catch (IOException e) {
      throw unreadable(directory, e);
    }
  }

  /** The model itself. */
  public SoftmaxModel model() {
    return content.model();
  }

  /** What rows have to fit that it scores. */
  public KnownRows knownRows() {
    return new KnownRows(
            model().features(), model().featureNames(), model().labels(), model().missingMeans())
        .from("the model " + directory, "train another model");
  }

  /** What the model makes of raw features. */
  FeatureScaling scaling() {
    return model().scaling();
  }

  /** W1, F × C, row after row, and behind it b1 if there is a bias; what training starts from. */
  double[] inputWeights() {
    double[] weights = model().weights();
    double[] bias = model().bias();
    if (bias == null) {
      return weights;
    }
    double[] all = Arrays.copyOf(weights, weights.length + bias.length);
    System.arraycopy(bias, 0, all, weights.length, bias.length);
    return all;
  }

  /** What the provenance of another model says if its training starts from this one. */
  Provenance.Parent provenance() {
    return new Provenance.Parent(
        Redaction.uris(location.toString()),
        content.provenance() == null ? null : content.provenance().run(),
        model().w1Sha256(),
        model().b1Sha256());
  }

  /**
   * Makes sure that a directory for files is not inside the model's: the model would no longer be
   * as it was written.
   *
   * @param out the directory, or null
   * @throws InvalidSettingsException if it is
   */
  void requireOutside(Path out, Configuration hadoop) {
    if (out == null) {
      return;
    }
    for (Path p = PublishedDirectory.qualified(out, hadoop).getParent();
        p != null;
        p = p.getParent()) {
      if (p.equals(location)) {
        throw new InvalidSettingsException(
            SettingNames.format(
                "⟨out⟩ %s: lies in the directory of the model %s; name one elsewhere",
                out, directory));
      }
    }
  }

  /**
   * Makes sure that rows have the model's features, by their names where both have names.
   *
   * @throws InputException if they have more, fewer or others
   */
  public void requireFeaturesOf(RowSource rows) {
    if (rows.features() != model().features()) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: rows of %,d features, but the model %s takes %,d; use rows and a model that fit",
              rows.description(),
              rows.features(),
              directory,
              model().features()));
    }
    List<String> names = model().featureNames();
    List<String> found = rows.featureNames();
    for (int j = 0; j < Math.min(names.size(), found.size()); j++) {
      if (!names.get(j).equals(found.get(j))) {
        throw new InputException(
            String.format(
                Locale.ROOT,
                "%s: feature %,d is \"%s\", but \"%s\" in the model %s; use rows and a model that fit",
                rows.description(),
                j + 1,
                Printable.name(found.get(j)),
                Printable.name(names.get(j)),
                directory));
      }
    }
  }

  /**
   * Makes sure that a training which starts from this model has its classes.
   *
   * @param labels C labels of the rows, as they stand there
   * @param classNames C names
   * @throws InvalidSettingsException if one of them differs
   */
  void requireClasses(List<String> labels, List<String> classNames) {
    if (model().classes() != labels.size()) {
      throw new InvalidSettingsException(
          SettingNames.format(
              "⟨init-from⟩ %s: a model of %d classes, but the rows have %d; they must be the same",
              directory, model().classes(), labels.size()));
    }
    for (int c = 0; c < labels.size(); c++) {
      if (!model().labels().get(c).equals(labels.get(c))) {
        throw new InvalidSettingsException(
            SettingNames.format(
                "⟨init-from⟩ %s: a model whose class %d has the label \"%s\", but the rows have \"%s\"; they must be the same",
                directory,
                c,
                Printable.name(model().labels().get(c)),
                Printable.name(labels.get(c))));
      }
      if (!model().classNames().get(c).equals(classNames.get(c))) {
        throw new InvalidSettingsException(
            SettingNames.format(
                "⟨init-from⟩ %s: a model that calls class %d \"%s\", but here it is \"%s\"; give its names as ⟨class-names⟩",
                directory,
                c,
                Printable.name(model().classNames().get(c)),
                Printable.name(classNames.get(c))));
      }
    }
  }
}
