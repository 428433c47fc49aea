package dev.onehot.failure;

/**
 * A failure that the user can mend. Its message is one line: what is wrong, where, and what to do.
 * It is printed without a stack trace.
 */
public abstract sealed class UserFailure extends RuntimeException
    permits BusyException,
        InvalidSettingsException,
        InputException,
        OutputException,
        RefusedException,
        TrainingException,
        EndedBySignalException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message may mark names of settings, see {@link SettingNames}
   */
  UserFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /** The message with plain names of settings. */
  @Override
  public String getMessage() {
    return SettingNames.plain(super.getMessage());
  }

  /** The message with names of settings still marked, see {@link SettingNames}. */
  public String markedMessage() {
    return super.getMessage();
  }

  /** The process's exit code for this kind of failure, as the README documents it. */
  public abstract int exitCode();
}
