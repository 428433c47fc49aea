package dev.onehot.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** All rounds, and what follows from them. */
final class Results {

  private final List<Metric> metrics;
  private final List<Map<EngineKind, List<EngineReport>>> rounds = new ArrayList<>();

  Results(List<Metric> metrics) {
    this.metrics = metrics;
  }

  List<Metric> metrics() {
    return metrics;
  }

  List<Map<EngineKind, List<EngineReport>>> rounds() {
    return rounds;
  }

  /** Opens the next round. */
  Map<EngineKind, List<EngineReport>> newRound() {
    Map<EngineKind, List<EngineReport>> round = new EnumMap<>(EngineKind.class);
    rounds.add(round);
    return round;
  }

  /** An engine's figure over the rounds; null if it has none. */
  Spread spread(EngineKind engine, Metric metric) {
    return Spread.of(
        rounds.stream()
            .map(round -> figure(round, engine, metric))
            .filter(Objects::nonNull)
            .toList());
  }

  /** How many times Onehot's figure an engine's is, round by round; null if one has none. */
  Spread ratio(EngineKind engine, Metric metric) {
    Metric base =
        metrics.stream().filter(m -> m.key().equals(metric.baseKey())).findFirst().orElseThrow();
    List<Double> ratios = new ArrayList<>();
    for (Map<EngineKind, List<EngineReport>> round : rounds) {
      Double numerator = figure(round, engine, metric);
      Double denominator = figure(round, EngineKind.ONEHOT, base);
      if (numerator != null && denominator != null) {
        ratios.add(numerator / denominator);
      }
    }
    return Spread.of(ratios);
  }

  private static Double figure(
      Map<EngineKind, List<EngineReport>> round, EngineKind engine, Metric metric) {
    List<EngineReport> reports = round.getOrDefault(engine, List.of());
    return reports.isEmpty() ? null : metric.of().apply(reports);
  }
}
