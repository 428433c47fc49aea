/** Headers of NumPy's files, which hold the weights of models and the rows of data. Java only. */
package dev.onehot.npy;
