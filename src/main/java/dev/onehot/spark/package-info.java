/**
 * Plumbing for RDDs, without rows or models: aggregation without closure cleaning, the depth of the
 * tree, runs of numbers as partitions, and the progress of running tasks.
 */
package dev.onehot.spark;
