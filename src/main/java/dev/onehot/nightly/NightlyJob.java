package dev.onehot.nightly;

import dev.onehot.failure.BusyException;
import dev.onehot.failure.EndedBySignalException;
import dev.onehot.failure.SettingNames;
import dev.onehot.job.RunId;
import dev.onehot.job.Verdict;
import dev.onehot.nightly.NightRecord.Status;
import dev.onehot.registry.Promotion;
import dev.onehot.registry.Registry;
import dev.onehot.registry.RegistryLock;
import dev.onehot.report.Console;
import dev.onehot.report.Redaction;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The scheduled job: at most one run at a time, at most one version for a date, and a champion that
 * only a model replaces that the gate lets pass. Whatever happens, the registry's history says it.
 */
public final class NightlyJob {

  private final NightlyOptions options;
  private final NightlyOptions.Training training;
  private final Configuration hadoop;
  private final Console console;

  /**
   * @param training how to train
   * @param console shows progress and messages for the user
   */
  public NightlyJob(
      NightlyOptions options,
      NightlyOptions.Training training,
      Configuration hadoop,
      Console console) {
    this.options = options;
    this.training = training;
    this.hadoop = hadoop;
    this.console = console;
  }

  /**
   * Runs the job.
   *
   * @param spark starts Spark; not asked if there is nothing to train
   * @return how it ended, or how the run ended that has done this date before, with the champion of
   *     now
   * @throws BusyException if another run holds the lock, or the time was up
   * @throws dev.onehot.failure.UserFailure if the run fails and a user can mend that
   */
  public NightRecord run(Supplier<JavaSparkContext> spark) throws IOException {
    Registry registry = Registry.create(options.registry(), hadoop);
    NightNotes notes = new NightNotes(RunId.next(), options.runDate());
    TimeLimit limit = new TimeLimit(options.maxTime());
    News news = new News(options);
    try (RegistryLock lock = registry.lock(notes.run().name(), console::line)) {
      History history = new History(registry.history());
      new Recovery(registry, history, hadoop, console).run();
      Optional<NightRecord> done =
          options.again() ? Optional.empty() : history.finished(options.runDate());
      if (done.isPresent()) {
        console.line(
            SettingNames.format(
                "%s is done already, by run %s; ⟨again⟩ trains anew",
                options.runDate(), done.get().run()));
        // A run that was killed may have left something to remove, and told nobody how it ended.
        attempt("old versions cannot be removed", () -> prune(registry));
        history.last().ifPresent(last -> news.were(last, lastSuccess(history)));
        Integer now = registry.champions().current().map(Promotion::version).orElse(null);
        return done.get().withChampion(now);
      }
      NightRecord night;
      try {
        // A night that fails before it has any data knows the champion, too.
        registry.champions().current().ifPresent(now -> notes.champion(now.version()));
        new DatedData(options.data(), options.waitForData(), hadoop, console).require();
        limit.require();
        NightPlan plan = NightPlan.of(options, training, registry, history, hadoop, spark, console);
        plan.noteIn(notes);
        night = new Night(options, plan, registry, lock, notes, limit, spark.get(), console).run();
      } catch (EndedBySignalException e) {
        // The process is ending. The next run goes on.
        throw e;
      } catch (Exception e) {
        // Without the lock the failure may be the work of the run that has it.
        Optional<BusyException> lost = lost(lock);
        if (lost.isPresent()) {
          lost.get().addSuppressed(e);
          end(registry, history, failed(notes, lost.get()), news);
          throw lost.get();
        }
        end(registry, history, failed(notes, e), news);
        throw e;
      }
      end(registry, history, night, news);
      return night;
    } finally {
      // A slow server holds nobody else up.
      news.tell(hadoop, line -> console.line("warning: " + line));
    }
  }

  /** That another run has taken the lock; empty if this one has it, or that cannot be known. */
  private static Optional<BusyException> lost(RegistryLock lock) {
    try {
      lock.require();
      return Optional.empty();
    } catch (BusyException e) {
      return Optional.of(e);
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static NightRecord failed(NightNotes notes, Exception failure) {
    Verdict verdict = Verdict.failed(failure);
    return notes.ended(
        failure instanceof BusyException ? Status.INTERRUPTED : Status.FAILED,
        verdict.exitCode(),
        Redaction.uris(SettingNames.plain(verdict.message())));
  }

  /** Writes the record, and removes what need not be kept. */
  private void end(Registry registry, History history, NightRecord night, News news) {
    news.are(night, lastSuccess(history));
    attempt("the record of this run cannot be written", () -> history.add(night));
    if (night.status().isFinished()) {
      attempt("old versions cannot be removed", () -> prune(registry));
    }
  }

  private static Optional<NightRecord> lastSuccess(History history) {
    try {
      return history.lastSuccess();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void prune(Registry registry) throws IOException {
    registry.removeCheckpoints(options.runDate());
    List<Integer> removed = options.retention().prune(registry, Instant.now());
    if (!removed.isEmpty()) {
      console.line(
          String.format(
              Locale.ROOT,
              "removed %s %s, which need not be kept",
              removed.size() == 1 ? "version" : "versions",
              removed.toString().replaceAll("[\\[\\]]", "")));
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  /** What comes after a verdict never changes it. */
  private void attempt(String failure, Step step) {
    try {
      step.run();
    } catch (IOException | RuntimeException e) {
      console.line(String.format(Locale.ROOT, "warning: %s (%s)", failure, e.getMessage()));
    }
  }
}
