/** LIBSVM files: text with a label and {@code index:value} pairs on each line. */
package dev.onehot.data.libsvm;
