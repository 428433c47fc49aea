package dev.onehot.failure;

/** A run that a signal ended. The signal's handler has already told the user what is left. */
public final class EndedBySignalException extends UserFailure {

  private static final long serialVersionUID = 1L;

  /**
   * @param cause the failure that the run met when Spark was stopped
   */
  public EndedBySignalException(Throwable cause) {
    super("ended by a signal", cause);
  }

  @Override
  public int exitCode() {
    return 1;
  }
}
