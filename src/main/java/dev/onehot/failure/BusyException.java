package dev.onehot.failure;

/**
 * A job that cannot be done now but can be later, such as while another run holds the lock, or
 * because its time was up.
 */
public final class BusyException extends UserFailure {

  private static final long serialVersionUID = 1L;

  /**
   * @param message may mark names of settings, see {@link SettingNames}
   */
  public BusyException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int exitCode() {
    return 75;
  }
}
