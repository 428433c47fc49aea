package dev.onehot.data;

/** What becomes of values that are missing. */
public enum MissingValues {
  /** A row with a missing value is a bad row. */
  REFUSE,

  /** A missing value is 0. */
  ZERO,

  /** A missing value is the mean of its feature over the rows that a model is trained on. */
  MEAN
}
