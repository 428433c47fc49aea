package dev.onehot.nightly;

import dev.onehot.registry.Promotion;
import dev.onehot.registry.Registry;
import dev.onehot.report.Printable;
import dev.onehot.report.Summary;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * The versions of a registry, for people.
 *
 * @param registry the registry
 * @param promotions all promotions, the oldest first
 * @param champion the promotion of the champion; empty without one
 */
public record VersionTable(
    Registry registry,
    List<Promotion> promotions,
    Optional<Promotion> champion,
    Configuration hadoop) {

  /** Reads what a registry says of its champions. */
  public static VersionTable of(Registry registry, Configuration hadoop) throws IOException {
    return new VersionTable(
        registry, registry.champions().all(), registry.champions().current(), hadoop);
  }

  /** A line for each version, the oldest first. */
  public String list() throws IOException {
    List<Integer> versions = registry.versions();
    if (versions.isEmpty()) {
      return line("no versions in %s", registry.directory());
    }
    StringBuilder text = new StringBuilder();
    text.append(
        line(
            "%7s  %-12s  %-10s  %8s  %8s  %s",
            "version", "status", "run date", "accuracy", "log loss", "champion since"));
    for (int version : versions) {
      NightRecord night = GateFile.of(registry, version, hadoop).map(GateFile::night).orElse(null);
      text.append(
          line(
              "%7d  %-12s  %-10s  %8s  %8s  %s",
              version,
              status(version, night),
              night == null ? "" : night.runDate(),
              night == null ? "" : figure(night.accuracy()),
              night == null ? "" : figure(night.logLoss()),
              of(version).stream().map(Promotion::promoted).reduce((a, b) -> b).orElse("")));
    }
    return text.toString();
  }

  private String status(int version, NightRecord night) {
    if (champion.isPresent() && champion.get().version() == version) {
      return "champion";
    }
    if (!of(version).isEmpty()) {
      return "was champion";
    }
    return night == null ? "" : night.status() == NightRecord.Status.REFUSED ? "refused" : "kept";
  }

  private List<Promotion> of(int version) {
    return promotions.stream().filter(promotion -> promotion.version() == version).toList();
  }

  private static String figure(Double value) {
    return value == null ? "" : String.format(Locale.ROOT, "%.4f", value);
  }

  /**
   * All about one version.
   *
   * @param wanted its number; null for the champion
   * @throws dev.onehot.failure.InputException if it is not there
   */
  public String show(Integer wanted) throws IOException {
    int version = wanted == null ? championVersion() : wanted;
    registry.require(version);
    Optional<GateFile> gate = GateFile.of(registry, version, hadoop);
    Summary text = new Summary();
    text.add("version", "%d", version);
    text.add("status", "%s", status(version, gate.map(GateFile::night).orElse(null)));
    text.add("directory", "%s", registry.version(version));
    if (gate.isPresent()) {
      NightRecord night = gate.get().night();
      text.add("run", "%s, of %s", night.run(), night.runDate());
      text.add("verdict", "%s", night.message());
      for (Criterion criterion : gate.get().criteria()) {
        text.add(
            criterion.passed() ? "  passed" : "  not passed",
            "%s: %s; limit: %s%s",
            criterion.name(),
            criterion.figure(),
            criterion.limit(),
            criterion.champion() == null ? "" : "; champion: " + criterion.champion());
      }
      for (String warning : night.warnings()) {
        text.add("warning", "%s", warning);
      }
    }
    for (Promotion promotion : of(version)) {
      text.add(
          "champion",
          "since %s, %s by %s",
          promotion.promoted(),
          promotion.rollback() ? "rolled back" : "promoted",
          Printable.name(promotion.by()));
    }
    return text.toString();
  }

  private int championVersion() throws IOException {
    registry.champion();
    return champion.orElseThrow().version();
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values).stripTrailing() + System.lineSeparator();
  }
}
