package dev.onehot.failure;

/**
 * A failure that the user can mend. Its message is one line that says what is wrong, where, and
 * what to do about it, and is printed without a stack trace.
 */
public abstract sealed class UserFailure extends RuntimeException
    permits InvalidSettingsException, InputException, OutputException, TrainingException {

  private static final long serialVersionUID = 1L;

  UserFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /** The process's exit code for this kind of failure, as the README documents it. */
  public abstract int exitCode();
}
