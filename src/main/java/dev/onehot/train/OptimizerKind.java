package dev.onehot.train;

/** The optimizers by name, with default settings that were measured on MNIST. */
public enum OptimizerKind {
  /** Gradient descent. */
  GD,
  /** Gradient descent with Nesterov's momentum. */
  NESTEROV,
  /** Adam. */
  ADAM;

  /** The default learning rate. */
  public double defaultLearningRate(Preconditioning precondition) {
    return switch (this) {
      case GD -> precondition.isNewtonLike() ? 1.4 : 0.1;
      case NESTEROV ->
          switch (precondition) {
            case NONE -> 0.5;
            case VARIANCE -> 0.2;
            case INDEPENDENT, COVARIANCE -> 1.4;
          };
      case ADAM -> 0.01;
    };
  }

  /** The default momentum, or beta1 of Adam. */
  public double defaultMomentum(Preconditioning precondition) {
    return this == NESTEROV && precondition.isNewtonLike() ? 0.8 : 0.9;
  }

  /**
   * Whether the learning rate is halved when the loss rises, because steps were too long. Adam's
   * steps have a length of their own, and its loss rises now and then.
   */
  boolean slowsDown() {
    return this != ADAM;
  }

  Optimizer create(int size, double momentum) {
    return switch (this) {
      case GD -> new GradientDescent();
      case NESTEROV -> new Nesterov(size, momentum);
      case ADAM -> new Adam(size, momentum);
    };
  }
}
