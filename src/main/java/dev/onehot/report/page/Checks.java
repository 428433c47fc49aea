package dev.onehot.report.page;

import java.util.List;

/**
 * A table of things that passed or did not.
 *
 * @param label what it shows, for those who cannot see it
 * @param heads the names of the columns of figures
 */
record Checks(String label, List<String> heads, List<Row> rows) {

  /**
   * @param result whether it passed, in a word
   * @param kind the name of its colour
   */
  record Row(String name, String result, String kind, List<Cell> cells) {}

  /**
   * @param head the name of its column, which stands beside it where the table is too wide
   */
  record Cell(String head, String text) {}

  /** The gate's criteria. */
  static Checks ofCriteria(List<Night.Criterion> criteria) {
    List<String> heads = List.of("challenger", "limit", "champion");
    return new Checks(
        "Criteria of the gate",
        heads,
        criteria.stream()
            .map(
                criterion ->
                    row(
                        criterion.name(),
                        criterion.passed() ? "✓ passed" : "✗ not passed",
                        criterion.passed(),
                        heads,
                        criterion.figure(),
                        criterion.limit(),
                        criterion.champion() == null ? "–" : criterion.champion()))
            .toList());
  }

  /** The tests of whether rows have drifted. */
  static Checks ofDrift(List<Night.Check> checks) {
    List<String> heads = List.of("found", "limit");
    return new Checks(
        "Tests for drift",
        heads,
        checks.stream()
            .map(
                check ->
                    row(
                        check.name(),
                        check.passed() ? "✓ no drift" : "! drift",
                        check.passed(),
                        heads,
                        check.figure(),
                        check.limit()))
            .toList());
  }

  private static Row row(
      String name, String result, boolean passed, List<String> heads, String... texts) {
    Cell[] cells = new Cell[texts.length];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = new Cell(heads.get(i), texts[i]);
    }
    return new Row(name, result, passed ? "passed" : "failed", List.of(cells));
  }
}
