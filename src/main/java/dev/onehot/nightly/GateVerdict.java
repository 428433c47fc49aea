package dev.onehot.nightly;

import java.util.List;

/**
 * What the gate says of a challenger.
 *
 * @param sentence the reason, with the figure, the limit and the champion's figure
 * @param criteria all that it looked at
 */
record GateVerdict(String sentence, List<Criterion> criteria) {

  /** Whether the challenger may be the champion. */
  boolean passed() {
    return criteria.stream().allMatch(Criterion::passed);
  }
}
