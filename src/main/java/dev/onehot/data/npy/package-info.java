/** NumPy's files, {@code .npy} and {@code .npz}: arrays of rows with arrays of labels. */
package dev.onehot.data.npy;
