package dev.onehot.failure;

/** A run that a signal ended. The user knows: whoever handled the signal has said what is left. */
public final class EndedBySignalException extends UserFailure {

  private static final long serialVersionUID = 1L;

  /**
   * @param cause what failed when Spark was stopped under the run
   */
  public EndedBySignalException(Throwable cause) {
    super("ended by a signal", cause);
  }

  @Override
  public int exitCode() {
    return 1;
  }
}
