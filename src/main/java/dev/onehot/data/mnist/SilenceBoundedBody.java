package dev.onehot.data.mnist;

import dev.onehot.data.mnist.MirrorException.Stage;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of an HTTP response, read piece by piece with a time-out for each piece. The JDK's
 * client only limits the time until a response begins, so a server could fall silent in the middle.
 */
final class SilenceBoundedBody implements Closeable {

  /**
   * A run of bytes. If {@code bytes} is null, it is the end of the body, with the failure if there
   * was one.
   */
  private record Piece(List<ByteBuffer> bytes, Throwable failure) {}

  private final Duration timeout;
  private final Receiver receiver = new Receiver();

  SilenceBoundedBody(Flow.Publisher<List<ByteBuffer>> body, Duration timeout) {
    this.timeout = timeout;
    body.subscribe(receiver);
  }

  /**
   * Writes the whole body.
   *
   * @param length the number of bytes that the server announced, if it did
   * @return the number of bytes
   * @throws MirrorException if the body breaks off or the server falls silent
   * @throws IOException if writing failed
   */
  long writeTo(OutputStream out, OptionalLong length)
      throws MirrorException, IOException, InterruptedException {
    WritableByteChannel channel = Channels.newChannel(out);
    long written = 0;
    while (true) {
      Piece piece = receiver.pieces.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (piece == null) {
        throw broken(
            String.format(Locale.ROOT, "silent for %d ms", timeout.toMillis()),
            written,
            length,
            null);
      }
      if (piece.bytes == null) {
        if (piece.failure != null || (length.isPresent() && length.getAsLong() != written)) {
          throw broken("broken off", written, length, piece.failure);
        }
        return written;
      }
      for (ByteBuffer bytes : piece.bytes) {
        written += bytes.remaining();
        channel.write(bytes); // blocks until all of it is written
      }
      receiver.request();
    }
  }

  private static MirrorException broken(
      String how, long written, OptionalLong length, Throwable cause) {
    String whole = length.isPresent() ? " of " + length.getAsLong() : "";
    return new MirrorException(
        Stage.BROKEN,
        String.format(Locale.ROOT, "%s after %d%s bytes", how, written, whole),
        cause);
  }

  /** Drops the connection unless the whole body has come. */
  @Override
  public void close() {
    receiver.subscribed.thenAccept(Flow.Subscription::cancel);
  }

  private static final class Receiver implements Flow.Subscriber<List<ByteBuffer>> {

    /** Holds at most one piece and the end, since pieces are requested one at a time. */
    final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();

    final CompletableFuture<Flow.Subscription> subscribed = new CompletableFuture<>();

    void request() {
      subscribed.thenAccept(subscription -> subscription.request(1));
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscribed.complete(subscription);
      request();
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
      pieces.add(new Piece(bytes, null));
    }

    @Override
    public void onError(Throwable failure) {
      pieces.add(new Piece(null, failure));
    }

    @Override
    public void onComplete() {
      pieces.add(new Piece(null, null));
    }
  }
}
