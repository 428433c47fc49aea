package dev.onehot.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.zip.GZIPInputStream;

/**
 * MNIST with other pixels.
 *
 * @param mnist the folder with MNIST's four files, compressed or not
 * @param change gives a pixel for each pixel, 0 … 255
 */
record PixelChange(Path mnist, IntUnaryOperator change) {

  private static final int IMAGES_HEADER = 16;

  private static final List<String> IMAGES =
      List.of("train-images-idx3-ubyte", "t10k-images-idx3-ubyte");

  private static final List<String> LABELS =
      List.of("train-labels-idx1-ubyte", "t10k-labels-idx1-ubyte");

  /** Writes the files into a new folder, uncompressed. Returns the folder. */
  Path write(Path folder) throws IOException {
    Files.createDirectory(folder);
    for (String name : LABELS) {
      Files.write(folder.resolve(name), read(name));
    }
    for (String name : IMAGES) {
      byte[] images = read(name);
      for (int i = IMAGES_HEADER; i < images.length; i++) {
        images[i] = (byte) change.applyAsInt(images[i] & 255);
      }
      Files.write(folder.resolve(name), images);
    }
    return folder;
  }

  private byte[] read(String name) throws IOException {
    Path raw = mnist.resolve(name);
    if (Files.exists(raw)) {
      return Files.readAllBytes(raw);
    }
    try (InputStream in =
        new GZIPInputStream(
            new BufferedInputStream(Files.newInputStream(mnist.resolve(name + ".gz"))))) {
      return in.readAllBytes();
    }
  }
}
