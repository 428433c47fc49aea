/**
 * Plumbing for RDDs that knows nothing of rows or models: adding up without closure cleaning, the
 * depth of the tree, runs of numbers as partitions, progress of running tasks.
 */
package dev.onehot.spark;
