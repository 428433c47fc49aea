package dev.onehot.report.page;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Small pictures as data URIs of PNG. Java's own writer belongs to AWT, which takes 90 ms to start
 * and is missing in small containers.
 *
 * <p>Source of the format: Portable Network Graphics, W3C Recommendation, 2003.
 */
final class Png {

  private static final byte[] SIGNATURE = {(byte) 137, 80, 78, 71, 13, 10, 26, 10};
  private static final int GREY = 0;
  private static final int INDEXED = 3;

  private Png() {}

  /**
   * A picture in shades of grey.
   *
   * @param pixels height × width, 0 (black) … 255 (white)
   */
  static String grey(int height, int width, byte[] pixels) {
    return uri(height, width, pixels, GREY, null);
  }

  /**
   * A picture in the colours of a palette.
   *
   * @param pixels height × width, numbers of colours
   * @param palette up to 256 colours as ARGB
   */
  static String indexed(int height, int width, byte[] pixels, int[] palette) {
    return uri(height, width, pixels, INDEXED, palette);
  }

  private static String uri(int height, int width, byte[] pixels, int type, int[] palette) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      png.write(SIGNATURE);
      chunk(png, "IHDR", header -> writeHeader(header, height, width, type));
      if (palette != null) {
        chunk(png, "PLTE", colors -> writeColors(colors, palette));
        chunk(png, "tRNS", opacities -> writeOpacities(opacities, palette));
      }
      chunk(png, "IDAT", data -> writePixels(data, height, width, pixels));
      chunk(png, "IEND", end -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
  }

  @FunctionalInterface
  private interface Content {
    void writeTo(DataOutputStream out) throws IOException;
  }

  /** A chunk: length of its content, name, content, checksum over name and content. */
  private static void chunk(ByteArrayOutputStream png, String name, Content content)
      throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(body);
    out.write(name.getBytes(StandardCharsets.US_ASCII));
    content.writeTo(out);
    CRC32 checksum = new CRC32();
    checksum.update(body.toByteArray());
    DataOutputStream to = new DataOutputStream(png);
    to.writeInt(body.size() - name.length());
    body.writeTo(to);
    to.writeInt((int) checksum.getValue());
  }

  private static void writeHeader(DataOutputStream out, int height, int width, int type)
      throws IOException {
    out.writeInt(width);
    out.writeInt(height);
    out.write(new byte[] {8, (byte) type, 0, 0, 0});
  }

  private static void writeColors(DataOutputStream out, int[] palette) throws IOException {
    for (int color : palette) {
      out.writeByte(color >> 16);
      out.writeByte(color >> 8);
      out.writeByte(color);
    }
  }

  private static void writeOpacities(DataOutputStream out, int[] palette) throws IOException {
    for (int color : palette) {
      out.writeByte(color >>> 24);
    }
  }

  /** Each row begins with the number of its filter; 0 is none. */
  private static void writePixels(DataOutputStream out, int height, int width, byte[] pixels)
      throws IOException {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try (DeflaterOutputStream deflated = new DeflaterOutputStream(out, deflater)) {
      for (int y = 0; y < height; y++) {
        deflated.write(0);
        deflated.write(pixels, y * width, width);
      }
    } finally {
      deflater.end();
    }
  }
}
