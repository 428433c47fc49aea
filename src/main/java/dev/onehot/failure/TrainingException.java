package dev.onehot.failure;

/** Training that cannot go on, such as a loss that is no longer a finite number. */
public final class TrainingException extends UserFailure {

  private static final long serialVersionUID = 1L;

  public TrainingException(String message) {
    super(message, null);
  }

  @Override
  public int exitCode() {
    return 1;
  }
}
