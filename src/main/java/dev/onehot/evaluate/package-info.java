/** Measures the quality of a model on labelled rows. */
package dev.onehot.evaluate;
