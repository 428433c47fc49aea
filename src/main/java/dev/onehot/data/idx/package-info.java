/** IDX files, the format of MNIST: readers, writers, and the rows in them as a source. */
package dev.onehot.data.idx;
