package dev.onehot.evaluate;

/** Scored rows for tests of other packages. */
public final class Scored {

  private Scored() {}

  /** A scored row of a picture; features may be null. */
  public static ScoredRow row(
      long position,
      int actual,
      int predicted,
      double probability,
      double probabilityOfActual,
      float[] features) {
    return new ScoredRow(position, actual, predicted, probability, probabilityOfActual, features);
  }

  /** A row that two models predict differently. */
  public static FlippedRow flipped(ScoredRow row, ScoredRow other) {
    return new FlippedRow(row, other);
  }
}
