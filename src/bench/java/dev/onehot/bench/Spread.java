package dev.onehot.bench;

import java.util.List;

/** Of some figures the median, the least and the largest. */
record Spread(double median, double min, double max) {

  /** Null of no figures. */
  static Spread of(List<Double> figures) {
    if (figures.isEmpty()) {
      return null;
    }
    List<Double> sorted = figures.stream().sorted().toList();
    return new Spread(median(figures), sorted.get(0), sorted.get(sorted.size() - 1));
  }

  /** Of at least one figure. */
  static double median(List<Double> figures) {
    List<Double> sorted = figures.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
