package dev.onehot.spark;

import java.io.Serializable;

/**
 * Adds up the elements of an RDD: first those of each partition, then the partitions, in any order.
 * Spark serializes an empty aggregator for every task.
 *
 * @param <T> the type of the elements
 * @param <A> the type of the aggregator itself
 */
public interface Aggregator<T, A extends Aggregator<T, A>> extends Serializable {

  /** Adds one element, and returns this. */
  A add(T element);

  /** Comes after the last element of a partition. */
  default void finish() {}

  /** Adds another partition's aggregator, and returns this. */
  A merge(A other);
}
