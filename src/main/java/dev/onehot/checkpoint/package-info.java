/** Keeps the state of a training in files, so that a later process can go on from it. */
package dev.onehot.checkpoint;
