package dev.onehot.checkpoint;

import java.io.IOException;

/** A file that is no checkpoint, or not the bytes that were once written. */
final class DamagedCheckpointException extends IOException {

  private static final long serialVersionUID = 1L;

  DamagedCheckpointException(String message) {
    super(message);
  }
}
