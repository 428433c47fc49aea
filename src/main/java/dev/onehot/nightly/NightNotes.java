package dev.onehot.nightly;

import dev.onehot.evaluate.Comparison;
import dev.onehot.evaluate.Evaluation;
import dev.onehot.job.RunId;
import dev.onehot.nightly.NightRecord.Status;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** What is known of a run so far. It becomes its record when the run ends, in whatever way. */
final class NightNotes {

  private final RunId run;
  private final LocalDate runDate;
  private Integer version;
  private boolean published;
  private Integer championBefore;
  private Integer champion;
  private Long rows;
  private Evaluation evaluation;
  private Comparison comparison;
  private List<String> warnings = List.of();

  NightNotes(RunId run, LocalDate runDate) {
    this.run = run;
    this.runDate = runDate;
  }

  RunId run() {
    return run;
  }

  /** The champion when the run begins, which stays it until {@link #promoted}. */
  void champion(int number) {
    championBefore = number;
    champion = number;
  }

  /** The version that the run is about to make. */
  void version(int number) {
    version = number;
  }

  /** The version is there, whatever comes now. */
  void published() {
    published = true;
  }

  /** The version of this run is the champion. */
  void promoted() {
    champion = version;
  }

  void rows(long count) {
    rows = count;
  }

  /**
   * The measurements of the gate.
   *
   * @param of null without a champion
   */
  void measured(Evaluation own, Comparison of) {
    evaluation = own;
    comparison = of;
  }

  void warnings(List<String> lines) {
    warnings = List.copyOf(lines);
  }

  /** The record of a run that ends now. */
  NightRecord ended(Status status, int exitCode, String message) {
    boolean compared = comparison != null;
    return new NightRecord(
        NightRecord.FORMAT,
        run.name(),
        runDate.toString(),
        run.started().toString(),
        Instant.now().toString(),
        status,
        exitCode,
        message,
        published || status.isFinished() ? version : null,
        championBefore,
        status == Status.PROMOTED ? version : champion,
        rows,
        evaluation == null ? null : evaluation.accuracy(),
        evaluation == null ? null : evaluation.loss(),
        compared ? comparison.other().accuracy() : null,
        compared ? comparison.other().loss() : null,
        warnings);
  }
}
