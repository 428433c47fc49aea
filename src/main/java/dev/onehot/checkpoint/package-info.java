/** Saves the state of a training in files, so that a later process can continue it. */
package dev.onehot.checkpoint;
