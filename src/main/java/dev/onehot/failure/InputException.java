package dev.onehot.failure;

/**
 * Input that is missing or broken. The message names the file, the row or byte offset, what was
 * expected and what was found.
 */
public final class InputException extends UserFailure {

  private static final long serialVersionUID = 1L;

  public InputException(String message) {
    this(message, null);
  }

  public InputException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int exitCode() {
    return 3;
  }
}
