package dev.onehot.data;

import java.util.List;
import java.util.Optional;

/**
 * Files of one format, opened: names, lengths and headers are known, but not how many rows there
 * are, what their labels are, or how large their values.
 */
public interface PieceInput {

  /** The files in a few words, such as {@code data/iris (train.csv)}. */
  String description();

  /** The files, fully qualified, for the provenance. */
  List<String> files();

  /** Whether rows have labels. */
  boolean labelled();

  /** F names, if the files name their features; empty if they don't. */
  List<String> featureNames();

  /** F if it is known beforehand; 0 if the rows decide it. */
  int features();

  /** The size of every picture, if rows are pictures. */
  default Optional<ImageShape> pictures() {
    return Optional.empty();
  }

  /** What is wrong with files that have no rows, not even bad ones: {@code has no rows}. */
  default String withoutRows() {
    return "has no rows";
  }

  /** What is read, in the order of the rows. */
  List<? extends PieceSplit> splits();

  /**
   * Looks at the notes of all pieces, when they have been read.
   *
   * @param notes for each split the notes of its pieces
   * @return empty if all was read right; otherwise the same files, to be read once more in another
   *     way
   */
  default Optional<PieceInput> readAgain(List<long[]> notes) {
    return Optional.empty();
  }
}
