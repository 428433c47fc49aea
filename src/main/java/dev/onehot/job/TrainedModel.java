package dev.onehot.job;

import dev.onehot.model.SoftmaxModel;
import dev.onehot.train.TrainingResult;

/**
 * A model that has been trained, but not written yet.
 *
 * @param model with the final weights
 * @param result how the training went
 */
public record TrainedModel(SoftmaxModel model, TrainingResult result) {}
