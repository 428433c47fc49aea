package dev.onehot.nightly;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.SettingNames;
import dev.onehot.nightly.NightRecord.Status;
import dev.onehot.report.Redaction;
import dev.onehot.storage.Storage;
import dev.onehot.storage.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A file of metrics of the last run, which the textfile collector of Prometheus's node_exporter
 * reads. It is in Prometheus's text format, version 0.0.4.
 *
 * <p>Every sample has the registry as a label, because node_exporter puts the files of all jobs of
 * a machine together and refuses a sample that stands there twice.
 */
public final class TextfileMetrics {

  /** How the names of files end that node_exporter reads. */
  public static final String SUFFIX = ".prom";

  private static final String PREFIX = "onehot_nightly_";
  private static final double MILLIS_PER_SECOND = 1e3;

  private final Path file;
  private final Path registry;

  /**
   * @param file the file to write, on any file system
   * @param registry the registry's directory
   * @throws InvalidSettingsException if node_exporter reads no file of such a name
   */
  public TextfileMetrics(Path file, Path registry) {
    if (!file.getName().endsWith(SUFFIX)) {
      throw new InvalidSettingsException(
          SettingNames.format(
              "⟨metrics⟩ %s: node_exporter reads only files whose names end in %s; name such a file",
              file, SUFFIX));
    }
    this.file = file;
    this.registry = registry;
  }

  /**
   * Replaces the file by the metrics of a run. A reader finds the old or the new file. The new one
   * has the mode that the process's umask gives to files.
   *
   * @param lastSuccess the newest earlier run with exit code 0, whose time is kept if this run
   *     failed
   * @param warnings gets one line if the file cannot be written, which is no failure of the run
   */
  public void write(
      NightRecord run,
      Optional<NightRecord> lastSuccess,
      Configuration hadoop,
      Consumer<String> warnings) {
    try {
      // A relative path would mean several directories.
      Path whole = Storage.of(registry, hadoop).makeQualified(registry);
      byte[] text = text(run, lastSuccess, whole).getBytes(StandardCharsets.UTF_8);
      WholeFile.write(Storage.of(file, hadoop), file, out -> out.write(text));
    } catch (IOException | RuntimeException e) {
      warnings.accept(
          SettingNames.format(
              "⟨metrics⟩ %s: could not be written (%s); metrics are as they were before the run",
              file, Storage.reason(e, file.getParent())));
    }
  }

  /** The file's text; see {@link #write}. */
  static String text(NightRecord run, Optional<NightRecord> lastSuccess, Path registry) {
    Optional<NightRecord> success = run.exitCode() == 0 ? Optional.of(run) : lastSuccess;
    Instant ended = Instant.parse(run.ended());
    Samples samples = new Samples(escaped(Redaction.uris(registry.toString())));
    samples
        .gauge("last_run_timestamp_seconds", "When the last run ended, in Unix time.")
        .sample(ended.getEpochSecond());
    samples
        .gauge("last_run_duration_seconds", "How long the last run took.")
        .sample(
            Duration.between(Instant.parse(run.started()), ended).toMillis() / MILLIS_PER_SECOND);
    samples
        .gauge("last_run_exit_code", "The exit code of the last run. 0: done.")
        .sample(run.exitCode());
    samples.gauge("last_run_status", "How the last run ended: 1 for its status, 0 for all others.");
    for (Status status : Status.values()) {
      samples.sample(
          "status", status.name().toLowerCase(Locale.ROOT), status == run.status() ? 1 : 0);
    }
    samples
        .gauge("last_run_warnings", "The number of warnings of the last run.")
        .sample(run.warnings() == null ? 0 : run.warnings().size());
    samples
        .gauge(
            "last_success_timestamp_seconds",
            "When the last run with exit code 0 ended, in Unix time. 0: there was none.")
        .sample(success.map(s -> Instant.parse(s.ended()).getEpochSecond()).orElse(0L));
    samples
        .gauge("champion_version", "The version that is champion.")
        .sample(
            run.champion() != null
                ? run.champion()
                : success.map(NightRecord::champion).orElse(null));
    samples
        .gauge("training_rows", "The number of rows that the last run trained on.")
        .sample(run.rows());
    samples
        .gauge("accuracy", "Accuracy on the rows of the last run's gate, from 0 to 1.")
        .sample("model", "challenger", run.accuracy())
        .sample("model", "champion", run.championAccuracy());
    samples
        .gauge("log_loss", "Mean cross-entropy on the rows of the last run's gate, in nats.")
        .sample("model", "challenger", run.logLoss())
        .sample("model", "champion", run.championLogLoss());
    return samples.text.toString();
  }

  /** Writes the lines of the format. A metric without a sample is left out. */
  private static final class Samples {

    private final StringBuilder text = new StringBuilder();
    private final String registry;
    private String name;
    private String head;

    Samples(String registry) {
      this.registry = registry;
    }

    Samples gauge(String shortName, String help) {
      name = PREFIX + shortName;
      head = String.format(Locale.ROOT, "# HELP %1$s %2$s\n# TYPE %1$s gauge\n", name, help);
      return this;
    }

    Samples sample(Number value) {
      return labelled("", value);
    }

    Samples sample(String label, String labelValue, Number value) {
      return labelled(String.format(Locale.ROOT, ",%s=\"%s\"", label, labelValue), value);
    }

    private Samples labelled(String moreLabels, Number value) {
      if (value != null) {
        text.append(head)
            .append(name)
            .append("{registry=\"")
            .append(registry)
            .append('"')
            .append(moreLabels)
            .append("} ")
            .append(value)
            .append('\n');
        head = "";
      }
      return this;
    }
  }

  private static String escaped(String labelValue) {
    return labelValue.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
