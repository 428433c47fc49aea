package dev.onehot.bench;

/**
 * How long an engine's bare passes take, as it hands it over in JSON.
 *
 * @param passMilliseconds the gradient over all training rows, the median
 * @param wholePassMilliseconds the same over one matrix of all rows at once, the median; null if
 *     the engine has no such
 */
record Passes(Double passMilliseconds, Double wholePassMilliseconds) {}
