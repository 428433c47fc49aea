package dev.onehot.bench;

/**
 * How long an engine's bare passes take, as it hands it over in JSON.
 *
 * @param passMilliseconds the gradient over all training rows, the median
 * @param wholePassMilliseconds the same over one matrix of all rows at once, the median; null if
 *     the engine has no such
 * @param overheadMilliseconds how much longer an iteration on Spark takes, the median; null if the
 *     engine doesn't run there
 */
record Passes(Double passMilliseconds, Double wholePassMilliseconds, Double overheadMilliseconds) {}
