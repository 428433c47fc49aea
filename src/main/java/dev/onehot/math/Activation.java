package dev.onehot.math;

/** The function between the logits and the softmax, with its derivative. It works element-wise. */
public enum Activation {
  /** {@code max(0, z)}; the derivative at 0 is 0. */
  RELU {
    @Override
    public double apply(double z) {
      return z > 0 ? z : 0;
    }

    @Override
    public double derivative(double z) {
      return z > 0 ? 1 : 0;
    }
  },

  /** {@code z}: plain softmax regression. */
  IDENTITY {
    @Override
    public double apply(double z) {
      return z;
    }

    @Override
    public double derivative(double z) {
      return 1;
    }
  },

  /** {@code 1 / (1 + exp(-z))}. */
  SIGMOID {
    @Override
    public double apply(double z) {
      // The exponent is never positive, so nothing overflows.
      double e = StrictMath.exp(-Math.abs(z));
      return (z >= 0 ? 1 : e) / (1 + e);
    }

    @Override
    public double derivative(double z) {
      double e = StrictMath.exp(-Math.abs(z));
      return e / ((1 + e) * (1 + e));
    }
  };

  /** The activation of a logit. */
  public abstract double apply(double z);

  /** The derivative of {@link #apply(double)} at a logit. */
  public abstract double derivative(double z);

  /** Whether this is a gate: a logit that isn't positive passes neither a score nor a gradient. */
  public boolean isGate() {
    return this == RELU;
  }

  /** The activations of a row of C logits. */
  public double[] apply(double[] logits) {
    double[] activations = new double[logits.length];
    for (int c = 0; c < logits.length; c++) {
      activations[c] = apply(logits[c]);
    }
    return activations;
  }
}
