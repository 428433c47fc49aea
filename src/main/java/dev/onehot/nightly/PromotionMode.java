package dev.onehot.nightly;

/** Whether a model becomes the champion. */
public enum PromotionMode {
  /** If the gate lets it pass. */
  AUTO,
  /** Whatever the gate says. */
  FORCE,
  /** Not by this run. */
  NEVER
}
