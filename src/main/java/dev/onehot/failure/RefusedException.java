package dev.onehot.failure;

/** A model that was trained, but that the gate refused. It is kept with its verdict. */
public final class RefusedException extends UserFailure {

  private static final long serialVersionUID = 1L;

  /**
   * @param message may mark names of settings, see {@link SettingNames}
   */
  public RefusedException(String message) {
    super(message, null);
  }

  @Override
  public int exitCode() {
    return 4;
  }
}
