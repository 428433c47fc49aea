package dev.onehot.model;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Opens new files, and knows the SHA-256 of each once it is closed. */
public final class DigestedFiles implements ModelFiles.NewFiles {

  private final ModelFiles.NewFiles files;
  private final Map<String, String> digests = new TreeMap<>();

  /**
   * @param files opens the files themselves
   */
  public DigestedFiles(ModelFiles.NewFiles files) {
    this.files = files;
  }

  @Override
  public OutputStream open(String name) throws IOException {
    return new DigestedFile(files.open(name), name);
  }

  /** For each closed file its SHA-256 in hexadecimal. */
  public synchronized Map<String, String> digests() {
    return Map.copyOf(digests);
  }

  private synchronized void add(String name, MessageDigest digest) {
    digests.put(name, HexFormat.of().formatHex(digest.digest()));
  }

  private final class DigestedFile extends FilterOutputStream {

    private final String name;
    private final MessageDigest digest = Sha256.digest();
    private boolean closed;

    DigestedFile(OutputStream out, String name) {
      super(out);
      this.name = name;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      digest.update((byte) b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      digest.update(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      super.close();
      if (!closed) {
        closed = true;
        add(name, digest);
      }
    }
  }
}
