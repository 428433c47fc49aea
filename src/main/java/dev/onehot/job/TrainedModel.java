package dev.onehot.job;

import dev.onehot.model.SoftmaxModel;
import dev.onehot.train.TrainingResult;

/**
 * A model that has been trained but not written.
 *
 * @param model the model with the final weights
 * @param result the result of the training
 */
public record TrainedModel(SoftmaxModel model, TrainingResult result) {}
