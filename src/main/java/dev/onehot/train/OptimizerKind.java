package dev.onehot.train;

/** The optimizers by name, with the learning rates that were measured to suit them on MNIST. */
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
      case GD -> 0.1;
      case NESTEROV -> precondition == Preconditioning.VARIANCE ? 0.2 : 0.5;
      case ADAM -> 0.01;
    };
  }

  Optimizer create(int size, double momentum) {
    return switch (this) {
      case GD -> new GradientDescent();
      case NESTEROV -> new Nesterov(size, momentum);
      case ADAM -> new Adam(size, momentum);
    };
  }
}
