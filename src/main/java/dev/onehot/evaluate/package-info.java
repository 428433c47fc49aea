/** How good a model is on labelled rows. */
package dev.onehot.evaluate;
