package dev.onehot.job;

/**
 * The rows of a training, loaded.
 *
 * @param training rows that are trained on or held back
 * @param test rows that the model is tested on; null for none
 * @param secondsLoading reading, checking and caching all of them
 */
public record TrainingData(LoadedRows training, LoadedRows test, double secondsLoading) {}
