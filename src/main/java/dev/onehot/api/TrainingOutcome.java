package dev.onehot.api;

import dev.onehot.train.IterationMetrics;
import java.util.List;

/**
 * A trained model, and how its training went.
 *
 * @param model the model
 * @param metrics loss, accuracy and more on the training rows, and on those held back, at the
 *     model's weights
 * @param history the metrics of each iteration, in order
 * @param stopped why training ended
 * @param deadClasses the names of classes that have training rows, but no positive logit on any of
 *     them
 * @param warnings what may be wrong with the rows or the training, one line each
 */
public record TrainingOutcome(
    VectorModel model,
    IterationMetrics metrics,
    List<IterationMetrics> history,
    String stopped,
    List<String> deadClasses,
    List<String> warnings) {}
