/**
 * Softmax, activations, cross-entropy, random number generators, the block kernels and the exact
 * sum. Java only.
 */
package dev.onehot.math;
