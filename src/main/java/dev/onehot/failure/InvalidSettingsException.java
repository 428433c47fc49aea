package dev.onehot.failure;

/** Settings that cannot be used, among them an output that is in the way or cannot be written. */
public final class InvalidSettingsException extends UserFailure {

  private static final long serialVersionUID = 1L;

  public InvalidSettingsException(String message) {
    this(message, null);
  }

  public InvalidSettingsException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int exitCode() {
    return 2;
  }
}
