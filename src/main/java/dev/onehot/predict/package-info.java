/** Scores rows with a model, distributed, and writes what comes out into files. */
package dev.onehot.predict;
