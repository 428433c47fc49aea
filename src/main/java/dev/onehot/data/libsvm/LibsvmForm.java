package dev.onehot.data.libsvm;

import dev.onehot.data.MissingValues;
import java.io.Serializable;

/**
 * What is known of the rows of LIBSVM files before they are read.
 *
 * @param labelled whether rows begin with labels
 * @param zeroBased whether indexes begin at 0 rather than at 1
 * @param missing what becomes of missing values
 * @param features F if it is known, beyond which no index may go; 0 if the largest index decides
 * @param limit who says so, perhaps with marked names of settings; empty if nobody does
 */
record LibsvmForm(
    boolean labelled, boolean zeroBased, MissingValues missing, int features, String limit)
    implements Serializable {

  /** The first index. */
  int firstIndex() {
    return zeroBased ? 0 : 1;
  }
}
