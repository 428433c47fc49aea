/** MNIST: what its files are called, and where to download them. */
package dev.onehot.data.mnist;
