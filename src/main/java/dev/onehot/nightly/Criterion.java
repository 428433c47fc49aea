package dev.onehot.nightly;

/**
 * One thing that the gate looks at.
 *
 * @param name such as {@code accuracy}
 * @param figure the challenger's figure, as text
 * @param limit what it must keep to, as text
 * @param champion the champion's figure, as text; null if there is none
 * @param refusal one sentence that says why the challenger is refused; null if it passes
 */
public record Criterion(String name, String figure, String limit, String champion, String refusal) {

  /** Whether it says what every criterion says, so that it is of no damaged file. */
  boolean isWhole() {
    return name != null && figure != null && limit != null;
  }

  /** Whether the challenger passes. */
  public boolean passed() {
    return refusal == null;
  }
}
