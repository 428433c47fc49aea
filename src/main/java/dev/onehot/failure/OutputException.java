package dev.onehot.failure;

/** Output that could not be written, although the place had looked fine, such as on a full disk. */
public final class OutputException extends UserFailure {

  private static final long serialVersionUID = 1L;

  public OutputException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int exitCode() {
    return 1;
  }
}
