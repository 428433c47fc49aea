package dev.onehot.data.mnist;

import dev.onehot.data.mnist.MirrorException.Stage;
import dev.onehot.storage.Storage;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Downloads files with known content into one directory, each from the first mirror that has it. A
 * file is written under a hidden name, and renamed when its checksum is right. If it is wrong, the
 * file is removed.
 */
final class MirroredDownload {

  private static final int ATTEMPTS_PER_MIRROR = 2;
  private static final Duration BACK_OFF = Duration.ofMillis(300);

  private final List<HttpMirror> inTurn;
  private final FileSystem files;
  private final Path directory;

  MirroredDownload(List<HttpMirror> mirrors, FileSystem files, Path directory) {
    this.inTurn = new ArrayList<>(mirrors);
    this.files = files;
    this.directory = directory;
  }

  /**
   * Downloads a file. The mirror that delivers it is the first to be asked for the next file.
   *
   * @return a description: the number of bytes, the mirror, and why mirrors before it failed
   * @throws MirrorException if no mirror delivers the file; gives the reason for each
   * @throws IOException if the file cannot be written
   */
  String fetch(ChecksummedFile file) throws MirrorException, IOException, InterruptedException {
    List<String> failures = new ArrayList<>();
    boolean reached = false;
    for (int i = 0; i < inTurn.size(); i++) {
      HttpMirror mirror = inTurn.get(i);
      try {
        long bytes = fetch(file, mirror);
        Collections.swap(inTurn, 0, i);
        String outcome = String.format(Locale.ROOT, "%,d bytes from %s", bytes, mirror.name());
        return failures.isEmpty() ? outcome : outcome + ", not " + String.join(", ", failures);
      } catch (MirrorException e) {
        reached |= e.reached();
        failures.add(String.format(Locale.ROOT, "%s (%s)", mirror.name(), e.getMessage()));
      }
    }
    throw new MirrorException(
        reached ? Stage.ANSWERED : Stage.UNREACHABLE,
        String.format(
            Locale.ROOT,
            "%s: %s: %s",
            file.name(),
            reached ? "no mirror delivered it" : "no mirror could be reached",
            String.join(", ", failures)),
        null);
  }

  private long fetch(ChecksummedFile file, HttpMirror mirror)
      throws MirrorException, IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return fetchOnce(file, mirror);
      } catch (MirrorException e) {
        if (!e.worthRetrying() || attempt == ATTEMPTS_PER_MIRROR) {
          throw e;
        }
        Thread.sleep(BACK_OFF.toMillis());
      }
    }
  }

  private long fetchOnce(ChecksummedFile file, HttpMirror mirror)
      throws MirrorException, IOException, InterruptedException {
    Path target = new Path(directory, file.name());
    Path pending =
        new Path(
            directory,
            String.format(Locale.ROOT, ".%s.pending-%s", file.name(), UUID.randomUUID()));
    try {
      long bytes;
      try (OutputStream out = Storage.newFile(files, pending)) {
        files.deleteOnExit(pending);
        bytes = mirror.copy(file.name(), out);
      }
      Optional<String> mismatch = file.mismatch(files, pending);
      if (mismatch.isPresent()) {
        throw new MirrorException(Stage.ANSWERED, mismatch.get(), null);
      }
      if (!files.rename(pending, target)) {
        throw new IOException(
            String.format(Locale.ROOT, "renaming %s to %s failed", pending, target));
      }
      return bytes;
    } finally {
      files.delete(pending, false);
      files.cancelDeleteOnExit(pending);
    }
  }
}
