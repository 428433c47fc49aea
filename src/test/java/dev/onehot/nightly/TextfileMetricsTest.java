package dev.onehot.nightly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import dev.onehot.failure.InvalidSettingsException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.hawkular.agent.prometheus.text.TextPrometheusMetricDataParser;
import org.hawkular.agent.prometheus.types.Gauge;
import org.hawkular.agent.prometheus.types.Metric;
import org.hawkular.agent.prometheus.types.MetricFamily;
import org.hawkular.agent.prometheus.types.MetricType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextfileMetricsTest {

  private static final String REGISTRY = "models/digits";

  @TempDir private Path folder;

  private final List<String> warnings = new ArrayList<>();

  @Test
  void aClientOfPrometheusReadsTheFiguresOfANight() throws IOException {
    write(Nights.promoted(), Optional.empty());

    assertThat(samples())
        .containsOnly(
            entry("onehot_nightly_last_run_timestamp_seconds", time("2026-11-30T02:16:30Z")),
            entry("onehot_nightly_last_run_duration_seconds", 90.5),
            entry("onehot_nightly_last_run_exit_code", 0.0),
            entry("onehot_nightly_last_run_status{status=failed}", 0.0),
            entry("onehot_nightly_last_run_status{status=interrupted}", 0.0),
            entry("onehot_nightly_last_run_status{status=kept}", 0.0),
            entry("onehot_nightly_last_run_status{status=promoted}", 1.0),
            entry("onehot_nightly_last_run_status{status=refused}", 0.0),
            entry("onehot_nightly_last_run_warnings", 1.0),
            entry("onehot_nightly_last_success_timestamp_seconds", time("2026-11-30T02:16:30Z")),
            entry("onehot_nightly_champion_version", 7.0),
            entry("onehot_nightly_training_rows", 60_000.0),
            entry("onehot_nightly_accuracy{model=challenger}", 0.9263),
            entry("onehot_nightly_accuracy{model=champion}", 0.9251),
            entry("onehot_nightly_log_loss{model=challenger}", 0.2704),
            entry("onehot_nightly_log_loss{model=champion}", 0.2741));
  }

  @Test
  void aFailedNightKeepsTheTimeAndTheChampionOfTheLastSuccess() throws IOException {
    write(Nights.failed(), Optional.of(Nights.promoted()));

    assertThat(samples())
        .contains(
            entry("onehot_nightly_last_run_timestamp_seconds", time("2026-12-01T02:15:04Z")),
            entry("onehot_nightly_last_run_exit_code", 3.0),
            entry("onehot_nightly_last_run_status{status=failed}", 1.0),
            entry("onehot_nightly_last_success_timestamp_seconds", time("2026-11-30T02:16:30Z")),
            entry("onehot_nightly_champion_version", 7.0))
        .doesNotContainKeys(
            "onehot_nightly_accuracy{model=challenger}", "onehot_nightly_training_rows");
  }

  @Test
  void aFirstNightThatFailsHasHadNoSuccessSinceLongAgo() throws IOException {
    write(Nights.failed(), Optional.empty());

    assertThat(samples())
        .containsEntry("onehot_nightly_last_success_timestamp_seconds", 0.0)
        .doesNotContainKey("onehot_nightly_champion_version");
  }

  @Test
  void noSampleHasATimestampAndEachMetricHasOneHead() throws IOException {
    write(Nights.promoted(), Optional.empty());

    List<String> lines = Files.readAllLines(file());
    assertThat(lines)
        .filteredOn(line -> !line.startsWith("#"))
        .allMatch(line -> line.matches("onehot_nightly_[a-z_]+\\{[^ ]*} [0-9.]+"));
    assertThat(lines)
        .filteredOn(line -> line.startsWith("# TYPE"))
        .doesNotHaveDuplicates()
        .hasSize(10);
    assertThat(lines).filteredOn(line -> line.startsWith("# HELP")).hasSize(10);
  }

  @Test
  void theRegistryIsALabelWithoutItsPassword() throws IOException {
    String text =
        TextfileMetrics.text(
            Nights.failed(),
            Optional.empty(),
            new org.apache.hadoop.fs.Path("s3a://KEY:SECRET@bucket/a\"c"));

    assertThat(text)
        .contains("{registry=\"s3a://*********(redacted)@bucket/a\\\"c\"} 3\n")
        .doesNotContain("SECRET");
  }

  @Test
  void theFileIsReplacedWithTheModeOfAnyNewFile() throws IOException {
    write(Nights.promoted(), Optional.empty());
    write(Nights.failed(), Optional.of(Nights.promoted()));

    assertThat(folder.toFile().list()).containsExactly("onehot.prom");
    assertThat(Files.getPosixFilePermissions(file()))
        .isEqualTo(
            Files.getPosixFilePermissions(
                Files.writeString(folder.resolve("other"), "of any program")));
  }

  @Test
  void aFileThatCannotBeWrittenIsAWarning() {
    Path missing = folder.resolve("missing/onehot.prom");
    metrics(missing).write(Nights.promoted(), Optional.empty(), new Configuration(), warnings::add);

    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0))
        .contains(missing + ": could not be written (No such file or directory)")
        .hasLineCount(1);
  }

  @Test
  void aNameThatNodeExporterDoesNotReadIsRefused() {
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> metrics(folder.resolve("metrics.txt")))
        .withMessageContaining("names end in .prom");
  }

  private void write(NightRecord run, Optional<NightRecord> lastSuccess) {
    metrics(file()).write(run, lastSuccess, new Configuration(), warnings::add);
    assertThat(warnings).isEmpty();
  }

  private Path file() {
    return folder.resolve("onehot.prom");
  }

  private static TextfileMetrics metrics(Path file) {
    return new TextfileMetrics(
        new org.apache.hadoop.fs.Path(file.toUri()), new org.apache.hadoop.fs.Path(REGISTRY));
  }

  /** What a client reads: the value of each sample, by its name and its labels but the registry. */
  private Map<String, Double> samples() throws IOException {
    Map<String, Double> samples = new TreeMap<>();
    TextPrometheusMetricDataParser parser =
        new TextPrometheusMetricDataParser(new ByteArrayInputStream(Files.readAllBytes(file())));
    for (MetricFamily family = parser.parse(); family != null; family = parser.parse()) {
      assertThat(family.getType()).isEqualTo(MetricType.GAUGE);
      assertThat(family.getHelp()).endsWith(".");
      for (Metric metric : family.getMetrics()) {
        Map<String, String> labels = new TreeMap<>(metric.getLabels());
        assertThat(labels.remove("registry"))
            .isEqualTo("file:" + Path.of(REGISTRY).toAbsolutePath());
        String name = metric.getName() + (labels.isEmpty() ? "" : labels.toString());
        assertThat(samples.put(name, ((Gauge) metric).getValue())).isNull();
      }
    }
    return samples;
  }

  private static double time(String instant) {
    return Instant.parse(instant).getEpochSecond();
  }
}
