/** The training loop: broadcast, local gradients, treeAggregate, update. */
package dev.onehot.train;
