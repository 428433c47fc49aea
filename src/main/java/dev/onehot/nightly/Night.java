package dev.onehot.nightly;

import dev.onehot.data.RowChunk;
import dev.onehot.failure.InputException;
import dev.onehot.failure.SettingNames;
import dev.onehot.job.Publication;
import dev.onehot.job.PublishedFilesCheck;
import dev.onehot.job.TrainedModel;
import dev.onehot.job.TrainingClaim;
import dev.onehot.job.TrainingData;
import dev.onehot.job.TrainingJob;
import dev.onehot.nightly.NightRecord.Status;
import dev.onehot.registry.Registry;
import dev.onehot.registry.RegistryLock;
import dev.onehot.report.Console;
import dev.onehot.report.Redaction;
import dev.onehot.report.page.PageContent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * One night from rows to a version, and perhaps to a champion. The caller holds the registry's
 * lock.
 */
final class Night {

  private final NightlyOptions options;
  private final NightPlan plan;
  private final Registry registry;
  private final RegistryLock lock;
  private final NightNotes notes;
  private final TimeLimit limit;
  private final JavaSparkContext spark;
  private final Console console;
  private final TrainingJob job;

  Night(
      NightlyOptions options,
      NightPlan plan,
      Registry registry,
      RegistryLock lock,
      NightNotes notes,
      TimeLimit limit,
      JavaSparkContext spark,
      Console console) {
    this.options = options;
    this.plan = plan;
    this.registry = registry;
    this.lock = lock;
    this.notes = notes;
    this.limit = limit;
    this.spark = spark;
    this.console = console;
    job = new TrainingJob(spark, plan.sources(), plan.options(), console);
  }

  /**
   * Trains, measures, publishes, and promotes if the gate lets the model pass.
   *
   * @throws dev.onehot.failure.UserFailure if the night fails and a user can mend that; then the
   *     champion stays
   */
  NightRecord run() throws IOException {
    try (Publication publication = new Publication(console);
        TrainingClaim claim = job.claim(notes.run())) {
      try (TrainingData data = job.load()) {
        notes.rows(data.training().profile().trainingRows());
        RowChecks checks = check(data);
        limit.require();
        TrainedModel trained =
            job.train(data, claim, List.of(limit.of(claim), new LockWatch(lock)));
        job.writeModel(data, trained, claim);
        NightRecord planned = judge(data, checks, trained, claim);
        lock.require();
        publication.publish(claim.output());
        notes.published();
        removeCheckpoints(claim);
        return promote(planned);
      } finally {
        notes.warnings(job.warnings().texts());
      }
    } catch (Exception e) {
      // Scala code also throws checked exceptions that it does not declare.
      Publication.throwIfEndedBySignal(e);
      throw e;
    }
  }

  /** Checks the rows before they are trained on. */
  private RowChecks check(TrainingData data) {
    RowChecks checks = RowChecks.of(plan, data, options.checks(), spark, console);
    // What has drifted may explain why the rows are refused.
    checks.warnings().forEach(job.warnings()::add);
    checks.require(options.runDate());
    requireRowsForTheGate(data);
    plan.unfairness().ifPresent(job.warnings()::add);
    checks.findings().notes().forEach(console::line);
    return checks;
  }

  private void requireRowsForTheGate(TrainingData data) {
    if (plan.sources().test() == null && Measurement.heldBack(data) == 0) {
      throw new InputException(
          SettingNames.format(
              "the rows of %s are not trained on: none of the %,d is held back for the gate to measure on, perhaps because they are few or all alike; give rows to test on, or raise ⟨validation-fraction⟩",
              options.runDate(), data.training().profile().rows()));
    }
  }

  /** Lets the gate decide, and writes what it says with the rest of the version's files. */
  private NightRecord judge(
      TrainingData data, RowChecks checks, TrainedModel trained, TrainingClaim claim)
      throws IOException {
    Measurement measured =
        Measurement.of(
            trained.model(),
            plan.champion().map(champion -> champion.model().model()),
            plan,
            data,
            spark,
            console);
    notes.measured(measured.evaluation(), measured.comparison());
    notes.warnings(job.warnings().texts());
    GateVerdict verdict =
        new Gate(options.gate(), trained.model().classNames())
            .judge(
                new Gate.Challenger(
                    measured.evaluation(),
                    measured.comparison(),
                    trained.deadClasses(),
                    filesProblem(claim)));
    NightRecord planned = planned(verdict);
    GateFile file =
        new GateFile(
            GateFile.FORMAT,
            planned,
            plan.champions(),
            measured.evaluation().rows(),
            measured.evaluation().confusion().right(),
            verdict.criteria());
    try (OutputStream out = claim.files().open(GateFile.NAME)) {
      out.write(file.json().getBytes(StandardCharsets.UTF_8));
    }
    job.writeVerdict(
        data,
        trained,
        data.test() == null ? null : measured.evaluation(),
        claim,
        page ->
            page(page, measured)
                .withNight(NightPage.of(planned, verdict, checks, options.checks())));
    return planned;
  }

  private PageContent page(PageContent page, Measurement measured) {
    List<String> sentences = new ArrayList<>(page.verdict());
    // The gate may have measured on rows that are held back.
    sentences.set(
        0,
        text(
            "The model predicts %.2f %% of the %,d rows of the gate right.",
            100 * measured.evaluation().accuracy(), measured.evaluation().rows()));
    PageContent tested =
        page.withVerdict(sentences)
            .withEvaluation(Redaction.uris(measured.rows().description()), measured.evaluation());
    return measured.comparison() == null
        ? tested
        : tested.withComparison(
            text("version %d, the champion", plan.champion().orElseThrow().version()),
            measured.comparison());
  }

  /** Whether the files that others will load say the same of some rows. */
  private Optional<String> filesProblem(TrainingClaim claim) {
    RowChunk some = plan.sources().training().rowsInOrder(spark, 1).first();
    return PublishedFilesCheck.difference(claim.directory().toString(), claim::read, some);
  }

  private NightRecord planned(GateVerdict verdict) {
    boolean promote =
        switch (options.promote()) {
          case AUTO -> verdict.passed();
          case FORCE -> true;
          case NEVER -> false;
        };
    if (promote) {
      return notes.ended(
          Status.PROMOTED,
          0,
          text(
              verdict.passed()
                  ? "version %d is the champion: %s"
                  : "version %d is the champion by force, though the gate refuses it: %s",
              plan.version(),
              verdict.sentence()));
    }
    return verdict.passed()
        ? notes.ended(
            Status.KEPT,
            0,
            text(
                "version %d is kept, not promoted, as asked: %s",
                plan.version(), verdict.sentence()))
        : notes.ended(
            Status.REFUSED,
            4,
            text("version %d is refused: %s", plan.version(), verdict.sentence()));
  }

  private NightRecord promote(NightRecord planned) throws IOException {
    if (planned.status() != Status.PROMOTED) {
      return planned;
    }
    registry
        .champions()
        .promote(
            plan.version(),
            plan.champions(),
            "nightly run " + notes.run().name(),
            planned.message());
    notes.promoted();
    return planned;
  }

  private void removeCheckpoints(TrainingClaim claim) {
    try {
      claim.removeCheckpoints();
    } catch (IOException e) {
      console.line("warning: the checkpoints of this run cannot be removed: " + e);
    }
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
