package dev.onehot.job;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.onehot.data.KnownRows;
import dev.onehot.failure.InputException;
import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.SettingNames;
import dev.onehot.model.Provenance;
import dev.onehot.report.MetricsLog;
import dev.onehot.report.Redaction;
import dev.onehot.storage.Storage;
import dev.onehot.train.IterationMetrics;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What a model directory says of its training, ready to be repeated.
 *
 * @param model the model
 * @param options the options that decide its bits
 * @param history the metrics of every iteration; empty if they are not there
 */
public record RecordedTraining(
    StoredModel model, TrainingJobOptions options, List<IterationMetrics> history) {

  /** Settings that decide no bit of a model. */
  private static final List<String> WITHOUT_EFFECT =
      List.of("out", "partitions", "checkpoint-dir", "checkpoint-every", "test");

  private static final Gson JSON = new Gson();

  private record Run(Map<String, String> settings) {}

  /**
   * Reads what a model directory says of its training.
   *
   * @param data where the training's rows are now: a folder with everything, or null
   * @param train the same as a file, a folder of files or a pattern, or null; with neither they are
   *     where they were
   * @param parent where the model is now that training started from; null for where it was
   * @throws InputException if it isn't a model's, says too little, or contradicts itself; the
   *     message names the first setting that differs between model.json and run.json
   */
  public static RecordedTraining of(
      Path named, Path data, Path train, Path parent, Configuration hadoop) {
    StoredModel model = StoredModel.open(named, hadoop);
    Path directory = model.directory();
    Provenance provenance = model.content().provenance();
    requireComplete(directory, provenance);
    if (parent != null && provenance.parent() == null) {
      throw new InvalidSettingsException(
          SettingNames.format(
              "⟨init-from⟩ %s: %s was trained from random weights; leave it out",
              parent, directory));
    }
    requireSameSettings(directory, provenance.settings(), hadoop);
    RecordedSettings settings = new RecordedSettings(directory.toString(), provenance.settings());
    TrainingJobOptions options =
        new TrainingJobOptions(
            rows(settings, data, train, provenance),
            settings.training(),
            provenance.parent() == null
                ? null
                : parent == null ? new Path(provenance.parent().directory()) : parent,
            null,
            null);
    return new RecordedTraining(model, options, history(directory, hadoop));
  }

  private static void requireComplete(Path directory, Provenance provenance) {
    boolean complete =
        provenance != null
            && provenance.settings() != null
            && provenance.data() != null
            && provenance.data().fingerprint() != null
            && (provenance.settings().containsKey("init-from")
                ? provenance.parent() != null
                    && provenance.parent().directory() != null
                    && provenance.parent().w1Sha256() != null
                : provenance.parent() == null);
    if (!complete) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: model.json doesn't say enough of how it was made, so nothing can be repeated",
              directory));
    }
  }

  private static DataOptions rows(
      RecordedSettings settings, Path data, Path train, Provenance provenance) {
    DataOptions recorded = settings.data(whereTheyWere(provenance));
    if (data != null && train != null) {
      throw new InvalidSettingsException(
          SettingNames.format("⟨data⟩ and ⟨train⟩ both say where the rows are; leave out one"));
    }
    return data != null
        ? recorded.withData(data)
        : train != null ? recorded.withFiles(train, null) : recorded;
  }

  /** The full name of the first file of rows, as the settings may name it from another folder. */
  private static Path whereTheyWere(Provenance provenance) {
    List<String> files = provenance.data().files();
    // Without the secret in its address a file cannot be opened; the settings say what to do.
    return files == null || files.isEmpty() || files.get(0).contains(Redaction.REDACTED)
        ? null
        : new Path(files.get(0));
  }

  /**
   * Opens the rows and the parent of the training.
   *
   * @throws InputException if they are no longer where they were
   */
  public Sources open(Configuration hadoop, Consumer<String> notes) {
    StoredModel parent = null;
    if (options.initFrom() != null) {
      try {
        parent = StoredModel.open(options.initFrom(), hadoop);
      } catch (InputException e) {
        throw moved("the model that its training started from", "⟨init-from⟩", e);
      }
    }
    try {
      Sources rows = Sources.open(options.data(), knownRows(), hadoop, notes);
      return new Sources(rows.training(), null, parent);
    } catch (InputException e) {
      throw moved("the rows that it was trained on", "⟨data⟩ or ⟨train⟩", e);
    }
  }

  /**
   * What the rows have to fit. The model says it, not the rows alone: those of a night may lack a
   * class that the champion had.
   */
  KnownRows knownRows() {
    return model
        .knownRows()
        .from("the model " + model.directory(), "give the rows that it was trained on");
  }

  private InputException moved(String what, String settings, InputException reason) {
    return new InputException(
        SettingNames.format(
            "%s: %s cannot be used: %s; if that is elsewhere now, give " + settings,
            model.directory(),
            what,
            reason.markedMessage()),
        reason);
  }

  /** How the model was made. */
  Provenance provenance() {
    return model.content().provenance();
  }

  private static void requireSameSettings(
      Path directory, Map<String, String> settings, Configuration hadoop) {
    Map<String, String> then;
    try (Reader run = Storage.text(Storage.of(directory, hadoop), directory, Verdict.NAME)) {
      Run read = JSON.fromJson(run, Run.class);
      if (read == null) {
        throw new IOException("it is empty");
      }
      then = read.settings;
    } catch (FileNotFoundException e) {
      throw new InputException(
          String.format(Locale.ROOT, "%s: has no %s, so it is no model", directory, Verdict.NAME),
          e);
    } catch (IOException | JsonParseException e) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: %s cannot be read (%s)",
              directory,
              Verdict.NAME,
              Storage.reason(e, directory)),
          e);
    }
    if (then == null) {
      // A former version wrote it.
      return;
    }
    TreeSet<String> names = new TreeSet<>(settings.keySet());
    names.addAll(then.keySet());
    names.removeAll(WITHOUT_EFFECT);
    for (String name : names) {
      String value = String.valueOf(settings.get(name));
      String recorded = String.valueOf(then.get(name));
      if (!value.equals(recorded)) {
        throw new InputException(
            String.format(
                Locale.ROOT,
                "%s: not reproduced: the setting %s is %s in model.json, but run.json says that the model was trained with %s",
                directory,
                name,
                value,
                recorded));
      }
    }
  }

  /** The metrics of each iteration of a model's training; empty if they are not there. */
  static List<IterationMetrics> history(Path directory, Configuration hadoop) {
    try (Reader metrics = Storage.text(Storage.of(directory, hadoop), directory, MetricsLog.NAME)) {
      return MetricsLog.read(metrics);
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException | JsonParseException e) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: %s cannot be read (%s)",
              directory,
              MetricsLog.NAME,
              Storage.reason(e, directory)),
          e);
    }
  }
}
