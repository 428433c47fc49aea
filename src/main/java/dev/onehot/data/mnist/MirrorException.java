package dev.onehot.data.mnist;

/**
 * A failed download from a mirror. The message says why in a few words, without the mirror's name.
 */
final class MirrorException extends Exception {

  private static final long serialVersionUID = 1L;

  /** How far a request came. This decides whether to try again. */
  enum Stage {
    /**
     * The mirror cannot be found or does not answer. Asking again would take the same time again.
     */
    UNREACHABLE,
    /** The mirror refused the connection, which may be temporary. */
    TURNED_DOWN,
    /** The transfer broke, or the mirror reported an error of its own. */
    BROKEN,
    /** The mirror answered, and would give the same answer again. */
    ANSWERED
  }

  private final Stage stage;

  MirrorException(Stage stage, String reason, Throwable cause) {
    super(reason, cause);
    this.stage = stage;
  }

  /** Whether the mirror answered at all. */
  boolean reached() {
    return stage == Stage.BROKEN || stage == Stage.ANSWERED;
  }

  boolean worthRetrying() {
    return stage == Stage.TURNED_DOWN || stage == Stage.BROKEN;
  }
}
