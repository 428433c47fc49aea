/**
 * The library's door: a Spark program of one's own trains on its own RDD of vectors, and scores
 * with the model. {@link dev.onehot.api.SoftmaxRegressionTrainer} is where to begin.
 */
package dev.onehot.api;
