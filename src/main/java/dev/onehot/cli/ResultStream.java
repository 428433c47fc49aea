package dev.onehot.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/** A print stream that remembers why it could not write. */
public final class ResultStream extends PrintStream {

  private final Remembering remembering;

  /**
   * @param out the bytes go there
   * @param charset the encoding of the text
   */
  public ResultStream(OutputStream out, Charset charset) {
    this(new Remembering(out), charset);
  }

  private ResultStream(Remembering remembering, Charset charset) {
    super(remembering, false, charset);
    this.remembering = remembering;
  }

  /** The first failure; null if everything was written. */
  IOException failure() {
    flush();
    return remembering.failure;
  }

  /** Whether a failure says that the reader of a pipe has gone, as {@code head} does. */
  static boolean isBrokenPipe(IOException failure) {
    return String.valueOf(failure.getMessage()).contains("Broken pipe");
  }

  private static final class Remembering extends FilterOutputStream {

    private IOException failure;

    Remembering(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        failure = failure == null ? e : failure;
        throw e;
      }
    }
  }
}
