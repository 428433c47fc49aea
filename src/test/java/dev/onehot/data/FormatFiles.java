package dev.onehot.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The same pictures, written in each format as other programs write them. */
public final class FormatFiles {

  private final byte[][] rows;
  private final int[] labels;
  private final int height;
  private final int width;

  /**
   * @param rows N rows of {@code height · width} unsigned bytes
   * @param labels N labels
   */
  public FormatFiles(byte[][] rows, int[] labels, int height, int width) {
    this.rows = rows;
    this.labels = labels;
    this.height = height;
    this.width = width;
  }

  /** Reads an IDX file of pictures, with its labels. */
  public static FormatFiles ofIdx(Path images, Path labels) throws IOException {
    ByteBuffer pixels = ByteBuffer.wrap(Files.readAllBytes(images));
    ByteBuffer digits = ByteBuffer.wrap(Files.readAllBytes(labels));
    int count = pixels.getInt(4);
    int height = pixels.getInt(8);
    int width = pixels.getInt(12);
    byte[][] rows = new byte[count][height * width];
    int[] numbers = new int[count];
    for (int r = 0; r < count; r++) {
      pixels.get(16 + r * height * width, rows[r]);
      numbers[r] = digits.get(8 + r);
    }
    return new FormatFiles(rows, numbers, height, width);
  }

  /** The first rows. */
  public FormatFiles first(int count) {
    byte[][] some = new byte[count][];
    int[] theirLabels = new int[count];
    System.arraycopy(rows, 0, some, 0, count);
    System.arraycopy(labels, 0, theirLabels, 0, count);
    return new FormatFiles(some, theirLabels, height, width);
  }

  /**
   * Writes the rows into a folder.
   *
   * @param format idx, csv, libsvm, npy or npz, perhaps with {@code .gz} behind it; {@code
   *     bare.libsvm} doesn't say how many columns there are
   * @return the file, beside which labels may lie
   */
  public Path write(Path folder, String name, String format) throws IOException {
    Files.createDirectories(folder);
    String raw = format.replace(".gz", "");
    boolean gz = format.endsWith(".gz");
    return switch (raw) {
      case "idx" -> {
        put(folder.resolve(name + "-labels-idx1-ubyte"), idxLabels(), gz);
        yield put(folder.resolve(name + "-images-idx3-ubyte"), idxImages(), gz);
      }
      case "csv" -> put(folder.resolve(name + ".csv"), csv(), gz);
      case "libsvm" -> put(folder.resolve(name + ".libsvm"), libsvm(true), gz);
      case "bare.libsvm" -> put(folder.resolve(name + ".libsvm"), libsvm(false), gz);
      case "npy" -> {
        put(folder.resolve("y_" + name + ".npy"), npyLabels(), gz);
        yield put(folder.resolve("X_" + name + ".npy"), npyRows(), gz);
      }
      case "npz" -> put(folder.resolve(name + ".npz"), npz(), gz);
      default -> throw new IllegalArgumentException(format);
    };
  }

  private static Path put(Path file, byte[] bytes, boolean gz) throws IOException {
    return gz
        ? Files.write(file.resolveSibling(file.getFileName() + ".gz"), Gzip.compressed(bytes))
        : Files.write(file, bytes);
  }

  private byte[] idxImages() {
    ByteBuffer bytes = ByteBuffer.allocate(16 + rows.length * height * width);
    bytes.putInt(0x803).putInt(rows.length).putInt(height).putInt(width);
    for (byte[] row : rows) {
      bytes.put(row);
    }
    return bytes.array();
  }

  private byte[] idxLabels() {
    ByteBuffer bytes = ByteBuffer.allocate(8 + rows.length);
    bytes.putInt(0x801).putInt(rows.length);
    for (int label : labels) {
      bytes.put((byte) label);
    }
    return bytes.array();
  }

  /** As the files of Kaggle's competition are. */
  private byte[] csv() {
    StringBuilder text = new StringBuilder("label");
    for (int j = 0; j < height * width; j++) {
      text.append(",pixel").append(j);
    }
    text.append("\n");
    for (int r = 0; r < rows.length; r++) {
      text.append(labels[r]);
      for (byte value : rows[r]) {
        text.append(',').append(value & 255);
      }
      text.append('\n');
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] libsvm(boolean lastColumn) {
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < rows.length; r++) {
      text.append(labels[r]);
      for (int j = 0; j < height * width; j++) {
        // The last column says how many there are.
        if (rows[r][j] != 0 || lastColumn && r == 0 && j == height * width - 1) {
          text.append(' ').append(j + 1).append(':').append(rows[r][j] & 255);
        }
      }
      text.append('\n');
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] npyRows() {
    ByteBuffer bytes = ByteBuffer.allocate(rows.length * height * width);
    for (byte[] row : rows) {
      bytes.put(row);
    }
    return npy("|u1", "(" + rows.length + ", " + height + ", " + width + ")", bytes.array());
  }

  private byte[] npyLabels() {
    byte[] bytes = new byte[rows.length];
    for (int r = 0; r < rows.length; r++) {
      bytes[r] = (byte) labels[r];
    }
    return npy("|u1", "(" + rows.length + ",)", bytes);
  }

  private static byte[] npy(String type, String shape, byte[] values) {
    String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
    int padded = (10 + header.length() + 1 + 63) / 64 * 64 - 10;
    ByteBuffer bytes =
        ByteBuffer.allocate(10 + padded + values.length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    bytes.put((byte) 1).put((byte) 0).putShort((short) padded);
    String line = header + " ".repeat(padded - 1 - header.length()) + "\n";
    bytes.put(line.getBytes(StandardCharsets.US_ASCII)).put(values);
    return bytes.array();
  }

  private byte[] npz() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("X.npy"));
      zip.write(npyRows());
      zip.putNextEntry(new ZipEntry("y.npy"));
      zip.write(npyLabels());
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }
}
