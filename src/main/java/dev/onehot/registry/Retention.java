package dev.onehot.registry;

import dev.onehot.failure.Problems;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which versions a registry keeps: the champion, each that was champion within a grace period, so
 * that its readers can finish, the last few that were promoted, and the last few that were not.
 *
 * @param promoted how many of those that were promoted, at least 1
 * @param refused how many of those that were never promoted
 * @param grace the time for which a former champion stays
 */
public record Retention(int promoted, int refused, Duration grace) {

  /** The default number of versions that were promoted. */
  public static final int PROMOTED = 7;

  /** The default number of versions that were never promoted. */
  public static final int REFUSED = 3;

  /** The default grace period. */
  public static final Duration GRACE = Duration.ofDays(2);

  /**
   * @throws dev.onehot.failure.InvalidSettingsException if a value is out of range
   */
  public Retention {
    new Problems()
        .require(promoted >= 1, "⟨keep-promoted⟩ must be at least 1, not %d", promoted)
        .require(refused >= 0, "⟨keep-refused⟩ must be at least 0, not %d", refused)
        .require(!grace.isNegative(), "⟨grace⟩ must not be negative, but is %s", grace)
        .throwIfAny();
  }

  /** The defaults. */
  public static Retention defaults() {
    return new Retention(PROMOTED, REFUSED, GRACE);
  }

  /**
   * Removes the versions that are not kept. A version that a killed removal has left half is
   * removed, too.
   *
   * @param now the time to which the grace period counts
   * @return the numbers of the removed versions, ascending
   */
  public List<Integer> prune(Registry registry, Instant now) throws IOException {
    List<Integer> versions = registry.versions();
    Set<Integer> kept = kept(registry, versions, now);
    List<Integer> removed = new ArrayList<>();
    for (int version : versions) {
      // Somebody may have promoted it meanwhile.
      if (!kept.contains(version) && !isChampion(registry, version)) {
        registry.folders().remove(version);
        removed.add(version);
      }
    }
    registry.removeLeftovers();
    return removed;
  }

  private static boolean isChampion(Registry registry, int version) throws IOException {
    return registry.champions().current().filter(now -> now.version() == version).isPresent();
  }

  private Set<Integer> kept(Registry registry, List<Integer> versions, Instant now)
      throws IOException {
    List<Promotion> promotions = registry.champions().all();
    Set<Integer> kept = new HashSet<>();
    registry.champions().current().ifPresent(champion -> kept.add(champion.version()));
    Set<Integer> everPromoted = new HashSet<>();
    Set<Integer> lastPromoted = new HashSet<>();
    for (int i = promotions.size() - 1; i >= 0; i--) {
      int version = promotions.get(i).version();
      everPromoted.add(version);
      if (lastPromoted.size() < promoted && versions.contains(version)) {
        lastPromoted.add(version);
      }
      boolean isLast = i == promotions.size() - 1;
      // A clock that was set back makes the time negative, and the version stays.
      if (isLast || isWithin(grace, promotions.get(i + 1).time(), now)) {
        kept.add(version);
      }
    }
    kept.addAll(lastPromoted);
    List<Integer> never = versions.stream().filter(v -> !everPromoted.contains(v)).toList();
    kept.addAll(never.subList(Math.max(0, never.size() - refused), never.size()));
    return kept;
  }

  private static boolean isWithin(Duration time, Instant since, Instant now) {
    return Duration.between(since, now).compareTo(time) < 0;
  }
}
