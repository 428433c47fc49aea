package dev.onehot.bench;

import picocli.CommandLine.ITypeConverter;

/**
 * One training.
 *
 * @param target the test accuracy that it is to reach
 * @param variant one of the engine's ways to train
 * @param iterations updates, or epochs
 * @param accuracy of the trained model on the test rows; 0 before
 * @param seconds that training took, without loading and testing; 0 before
 * @param cpuSeconds that all threads of the process were busy in them; 0 before
 */
record Fit(
    double target,
    String variant,
    int iterations,
    double accuracy,
    double seconds,
    double cpuSeconds) {

  /** Whether the model is as good as it was to become. */
  boolean reached() {
    return accuracy >= target;
  }

  /** As an engine takes it on its command line. */
  String argument() {
    return target + ":" + variant + ":" + iterations;
  }

  /** Reads {@link #argument()}. */
  static final class Converter implements ITypeConverter<Fit> {
    @Override
    public Fit convert(String argument) {
      String[] parts = argument.split(":");
      return new Fit(Double.parseDouble(parts[0]), parts[1], Integer.parseInt(parts[2]), 0, 0, 0);
    }
  }
}
