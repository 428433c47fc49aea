package dev.onehot.job;

import org.apache.hadoop.fs.Path;

/**
 * What to evaluate.
 *
 * @param model the model's directory
 * @param against the directory of another model to compare it with; null for none
 * @param input the labelled rows
 * @param out the directory for the files of the evaluation, new or empty; null for no files
 */
public record EvaluationOptions(Path model, Path against, InputOptions input, Path out) {}
