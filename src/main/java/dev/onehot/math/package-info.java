/**
 * Softmax, activations, cross-entropy, NumPy's generator, the block kernels and the exact sum. Java
 * only.
 */
package dev.onehot.math;
