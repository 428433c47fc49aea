package dev.onehot.data;

import dev.onehot.data.idx.IdxWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Random sparse images with labels, and the IDX files of them. */
public record Digits(ImageShape shape, byte[] pixels, byte[] labels) {

  public static final int CLASSES = 10;

  public static Digits random(long seed, int rows, ImageShape shape) {
    Random random = new Random(seed);
    byte[] pixels = new byte[rows * shape.features()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextInt(4) == 0 ? (byte) random.nextInt(256) : 0;
    }
    byte[] labels = new byte[rows];
    for (int r = 0; r < rows; r++) {
      labels[r] = (byte) random.nextInt(CLASSES);
    }
    return new Digits(shape, pixels, labels);
  }

  public int rows() {
    return labels.length;
  }

  /** The same rows as a source, in memory. */
  public ArraySource source() {
    int[] ints = new int[labels.length];
    Arrays.setAll(ints, r -> Byte.toUnsignedInt(labels[r]));
    return new ArraySource(shape.features(), pixels, ints);
  }

  public Digits slice(int from, int to) {
    int features = shape.features();
    return new Digits(
        shape,
        Arrays.copyOfRange(pixels, from * features, to * features),
        Arrays.copyOfRange(labels, from, to));
  }

  /** Writes {@code train-images-idx3-ubyte<suffix>} and its labels, compressed if so named. */
  public void write(Path folder, String suffix) throws IOException {
    try (var writer =
        IdxWriter.images(newFile(folder, "train-images-idx3-ubyte" + suffix), rows(), shape)) {
      writer.write(pixels, rows());
    }
    try (var writer =
        IdxWriter.labels(newFile(folder, "train-labels-idx1-ubyte" + suffix), rows())) {
      writer.write(labels, rows());
    }
  }

  /** Writes shards that end at the given rows; the last must end at {@link #rows}. */
  public void writeShards(Path folder, String extension, int... ends) throws IOException {
    int from = 0;
    for (int s = 0; s < ends.length; s++) {
      slice(from, ends[s]).write(folder, "-%05d-of-%05d%s".formatted(s, ends.length, extension));
      from = ends[s];
    }
  }

  private static OutputStream newFile(Path folder, String name) throws IOException {
    OutputStream out = Files.newOutputStream(folder.resolve(name));
    return name.endsWith(".gz") ? new GZIPOutputStream(out) : out;
  }
}
