package dev.onehot.job;

import dev.onehot.model.SoftmaxModel;
import dev.onehot.train.TrainingResult;
import java.util.List;

/**
 * A model that has been trained but not written.
 *
 * @param model the model with the final weights
 * @param result the result of the training
 * @param deadClasses the names of classes that have training rows, but no positive logit on any of
 *     them
 */
public record TrainedModel(SoftmaxModel model, TrainingResult result, List<String> deadClasses) {}
