package dev.onehot.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Pictures and labels of uncompressed IDX files with MNIST's names.
 *
 * @param pixels N × 784, 0 … 255
 * @param labels N
 */
record IdxRows(byte[] pixels, byte[] labels) {

  /** The width and the height of a picture. */
  static final int SIDE = 28;

  /** The pixels of a picture. */
  static final int PIXELS = SIDE * SIDE;

  private static final int IMAGES = 0x803;
  private static final int LABELS = 0x801;

  /**
   * Reads all rows.
   *
   * @param set {@code train} or {@code t10k}
   */
  static IdxRows read(Path folder, String set) throws IOException {
    byte[] images = Files.readAllBytes(images(folder, set));
    byte[] labels = Files.readAllBytes(labels(folder, set));
    return new IdxRows(
        Arrays.copyOfRange(images, 16, images.length),
        Arrays.copyOfRange(labels, 8, labels.length));
  }

  /** Writes all rows into a folder that is there. */
  void write(Path folder, String set) throws IOException {
    Files.write(
        images(folder, set),
        ByteBuffer.allocate(16 + pixels.length)
            .putInt(IMAGES)
            .putInt(labels.length)
            .putInt(SIDE)
            .putInt(SIDE)
            .put(pixels)
            .array());
    Files.write(
        labels(folder, set),
        ByteBuffer.allocate(8 + labels.length)
            .putInt(LABELS)
            .putInt(labels.length)
            .put(labels)
            .array());
  }

  private static Path images(Path folder, String set) {
    return folder.resolve(set + "-images-idx3-ubyte");
  }

  private static Path labels(Path folder, String set) {
    return folder.resolve(set + "-labels-idx1-ubyte");
  }

  int rows() {
    return labels.length;
  }

  /** One pixel of a picture, 0 … 255; 0 outside of the picture. */
  int pixel(int row, int y, int x) {
    return x < 0 || x >= SIDE ? 0 : pixels[row * PIXELS + y * SIDE + x] & 255;
  }
}
