package dev.onehot.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;

/** Whole gzip files, and corrupt ones. */
public final class Gzip {

  /** A last block of the type that deflate reserves, and no inflater takes. */
  private static final byte INVALID_BLOCK = (byte) 0xff;

  private Gzip() {}

  public static byte[] compressed(byte[] raw) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(raw);
    }
    return bytes.toByteArray();
  }

  /** The same, but no byte from {@code fault} on can be had. */
  public static byte[] corrupt(byte[] raw, int fault) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int invalid;
    try (var out = new GZIPOutputStream(bytes, true)) {
      out.write(raw, 0, fault);
      out.flush();
      invalid = bytes.size();
      out.write(raw, fault, raw.length - fault);
    }
    byte[] corrupt = bytes.toByteArray();
    corrupt[invalid] = INVALID_BLOCK;
    return corrupt;
  }
}
