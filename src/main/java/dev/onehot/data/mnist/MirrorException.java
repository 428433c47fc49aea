package dev.onehot.data.mnist;

/** A mirror that didn't deliver. The message says why in a few words, without the mirror's name. */
final class MirrorException extends Exception {

  private static final long serialVersionUID = 1L;

  /** How far a request came, and so whether it is worth another try. */
  enum Stage {
    /** The mirror cannot be found or stays silent; asking again would only take the time again. */
    UNREACHABLE,
    /** The mirror turned the connection down, which may pass. */
    TURNED_DOWN,
    /** The transfer broke, or the mirror says that it has trouble of its own. */
    BROKEN,
    /** The mirror answered, and will answer the same again. */
    ANSWERED
  }

  private final Stage stage;

  MirrorException(Stage stage, String reason, Throwable cause) {
    super(reason, cause);
    this.stage = stage;
  }

  /** Whether the mirror was heard from at all. */
  boolean reached() {
    return stage == Stage.BROKEN || stage == Stage.ANSWERED;
  }

  boolean worthRetrying() {
    return stage == Stage.TURNED_DOWN || stage == Stage.BROKEN;
  }
}
