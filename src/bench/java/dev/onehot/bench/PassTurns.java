package dev.onehot.bench;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Bare passes of several engines, each in a process of its own, in many short turns: a pass takes a
 * hundredth of a second, and how fast a machine is may change from one second to the next. So what
 * it does besides falls on all engines alike.
 *
 * <p>An engine says {@link #READY} once it is warm. Then it answers each line with {@link Passes}
 * in JSON, until its input ends.
 */
final class PassTurns {

  static final String READY = "ready";

  private static final int TURNS = 40;

  private PassTurns() {}

  /**
   * Takes all turns.
   *
   * @param engines all with bare passes
   * @param run names the run's files
   * @return for each engine the medians of its turns
   * @throws IOException if an engine fails; the message has the end of its log
   */
  static Map<EngineKind, Passes> take(EngineLauncher launcher, List<EngineKind> engines, String run)
      throws IOException, InterruptedException {
    Map<EngineKind, Partner> partners = new LinkedHashMap<>();
    try {
      for (EngineKind engine : engines) {
        // One after the other, so that none warms up while another does.
        partners.put(engine, new Partner(launcher, engine, run));
      }
      for (int turn = 0; turn < TURNS; turn++) {
        for (Partner partner : partners.values()) {
          partner.takeTurn();
        }
      }
    } finally {
      for (Partner partner : partners.values()) {
        partner.end();
      }
    }
    Map<EngineKind, Passes> passes = new EnumMap<>(EngineKind.class);
    partners.forEach((engine, partner) -> passes.put(engine, partner.medians()));
    return passes;
  }

  /** The process of one engine. */
  private static final class Partner {

    private final EngineLauncher launcher;
    private final EngineKind engine;
    private final Path log;
    private final Process process;
    private final Writer questions;
    private final BufferedReader answers;
    private final List<Passes> turns = new ArrayList<>();

    Partner(EngineLauncher launcher, EngineKind engine, String run)
        throws IOException, InterruptedException {
      this.launcher = launcher;
      this.engine = engine;
      log = launcher.log(engine, run);
      process = launcher.open(engine, log);
      questions = process.outputWriter();
      answers = process.inputReader();
      String answer = answer();
      if (!answer.equals(READY)) {
        end();
        throw new IOException("%s: not %s, but: %s".formatted(engine.label(), READY, answer));
      }
    }

    private String answer() throws IOException, InterruptedException {
      String answer = answers.readLine();
      if (answer == null) {
        throw launcher.failure(engine, process.waitFor(), log);
      }
      return answer;
    }

    void takeTurn() throws IOException, InterruptedException {
      try {
        questions.write(System.lineSeparator());
        questions.flush();
      } catch (IOException e) {
        // It has ended; answer() says so, with the end of its log.
      }
      String answer = answer();
      try {
        turns.add(new Gson().fromJson(answer, Passes.class));
      } catch (JsonParseException e) {
        throw new IOException("%s: not its passes: %s".formatted(engine.label(), answer), e);
      }
    }

    void end() throws InterruptedException {
      // It waits for another turn, or for nothing any more.
      process.destroy();
      process.waitFor();
    }

    Passes medians() {
      return new Passes(
          median(Passes::passMilliseconds),
          median(Passes::wholePassMilliseconds),
          median(Passes::overheadMilliseconds));
    }

    private Double median(Function<Passes, Double> figure) {
      List<Double> figures = turns.stream().map(figure).filter(Objects::nonNull).toList();
      return figures.isEmpty() ? null : Spread.median(figures);
    }
  }
}
