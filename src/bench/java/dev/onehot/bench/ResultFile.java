package dev.onehot.bench;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The results as JSON, all rounds included. */
final class ResultFile {

  private ResultFile() {}

  /**
   * Writes it.
   *
   * @param about machine, data and settings
   * @param searches what the searches for trainings reported
   */
  static void write(
      Path file,
      Map<String, Object> about,
      Results results,
      Map<EngineKind, EngineReport> searches,
      List<EngineKind> engines)
      throws IOException {
    Map<String, Object> figures = new LinkedHashMap<>();
    Map<String, Object> ratios = new LinkedHashMap<>();
    for (EngineKind engine : engines) {
      Map<String, Spread> ofEngine = new LinkedHashMap<>();
      Map<String, Spread> ratiosOfEngine = new LinkedHashMap<>();
      for (Metric metric : results.metrics()) {
        ofEngine.put(metric.key(), results.spread(engine, metric));
        ratiosOfEngine.put(metric.key(), results.ratio(engine, metric));
      }
      figures.put(engine.key(), ofEngine);
      if (engine != EngineKind.ONEHOT) {
        ratios.put(engine.key(), ratiosOfEngine);
      }
    }
    Map<String, Object> all = new LinkedHashMap<>(about);
    all.put("figures", figures);
    all.put("timesOnehot", ratios);
    all.put("searches", searches);
    all.put("rounds", results.rounds());
    Files.writeString(file, new GsonBuilder().setPrettyPrinting().create().toJson(all));
  }
}
