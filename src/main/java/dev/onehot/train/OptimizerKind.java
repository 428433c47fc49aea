package dev.onehot.train;

/** The optimizers by name, with the settings that were measured to suit them on MNIST. */
public enum OptimizerKind {
  /** Gradient descent. */
  GD,
  /** Gradient descent with Nesterov's momentum. */
  NESTEROV,
  /** Adam. */
  ADAM;

  /** The learning rate unless the user sets one. */
  public double defaultLearningRate(Preconditioning precondition) {
    return switch (this) {
      case GD -> precondition == Preconditioning.COVARIANCE ? 1.4 : 0.1;
      case NESTEROV ->
          switch (precondition) {
            case NONE -> 0.5;
            case VARIANCE -> 0.2;
            case COVARIANCE -> 1.4;
          };
      case ADAM -> 0.01;
    };
  }

  /** The momentum, or beta1, unless the user sets one. */
  public double defaultMomentum(Preconditioning precondition) {
    return this == NESTEROV && precondition == Preconditioning.COVARIANCE ? 0.8 : 0.9;
  }

  Optimizer create(int size, double momentum) {
    return switch (this) {
      case GD -> new GradientDescent();
      case NESTEROV -> new Nesterov(size, momentum);
      case ADAM -> new Adam(size, momentum);
    };
  }
}
