package dev.onehot.checkpoint;

import java.io.IOException;

/** A file that is no checkpoint, or whose bytes have changed since it was written. */
final class DamagedCheckpointException extends IOException {

  private static final long serialVersionUID = 1L;

  DamagedCheckpointException(String message) {
    super(message);
  }
}
