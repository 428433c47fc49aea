package dev.onehot.failure;

/**
 * Output that could not be written, although its directory looked usable at first, such as on a
 * full disk.
 */
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
