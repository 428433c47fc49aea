package dev.onehot.spark;

import java.io.Serializable;

/**
 * What the elements of an RDD are added up in: first those of a partition, then the partitions, in
 * any order. It is serialized, empty, for every task.
 *
 * @param <T> the elements
 * @param <A> the aggregator itself
 */
public interface Aggregator<T, A extends Aggregator<T, A>> extends Serializable {

  /** Takes in one element, and returns this. */
  A add(T element);

  /** Takes in another partition's, and returns this. */
  A merge(A other);
}
