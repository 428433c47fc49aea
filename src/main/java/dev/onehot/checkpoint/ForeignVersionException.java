package dev.onehot.checkpoint;

import java.io.IOException;
import java.util.Locale;

/** An undamaged checkpoint with a format version that this Onehot does not read. */
final class ForeignVersionException extends IOException {

  private static final long serialVersionUID = 1L;

  ForeignVersionException(int version) {
    super(
        String.format(
            Locale.ROOT,
            "has format version %d, but this Onehot reads version %d",
            version,
            CheckpointFormat.VERSION));
  }
}
