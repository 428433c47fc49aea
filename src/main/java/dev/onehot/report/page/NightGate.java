package dev.onehot.report.page;

import java.util.List;
import java.util.Objects;

/**
 * What the gate says of a night's model, for the page.
 *
 * @param word what became of the model, in a word
 * @param kind the name of its colour
 * @param sentence the verdict in a sentence
 * @param refusals why the model is refused, if there is more than one reason
 * @param criteria all that the gate looked at
 */
record NightGate(
    String word, String kind, String sentence, List<String> refusals, Checks criteria) {

  /**
   * @param night null for a page that is no night's
   * @return null for a page that is no night's
   */
  static NightGate of(Night night) {
    if (night == null) {
      return null;
    }
    List<String> refusals =
        night.criteria().stream().map(Night.Criterion::refusal).filter(Objects::nonNull).toList();
    return new NightGate(
        switch (night.status()) {
          case PROMOTED -> "✓ Promoted: the new champion";
          case KEPT -> "– Kept, not promoted";
          case REFUSED -> "✗ Refused: the champion stays";
        },
        switch (night.status()) {
          case PROMOTED -> "promoted";
          case KEPT -> "kept";
          case REFUSED -> "refused";
        },
        night.sentence(),
        refusals.size() > 1 ? refusals : List.of(),
        Checks.ofCriteria(night.criteria()));
  }

  /** Whether there are several reasons. */
  boolean hasRefusals() {
    return !refusals.isEmpty();
  }

  /** Whether the gate looked at anything. */
  boolean hasCriteria() {
    return !criteria.rows().isEmpty();
  }
}
