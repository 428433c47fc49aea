package dev.onehot.failure;

/**
 * Settings that cannot be used, such as an output directory that exists already or cannot be
 * written.
 */
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
