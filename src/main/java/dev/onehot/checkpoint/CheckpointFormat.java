package dev.onehot.checkpoint;

import dev.onehot.train.IterationMetrics;
import dev.onehot.train.TrainingSnapshot;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The bytes of a checkpoint, big-endian: the magic {@code ONEHOTCP}, the format's version, a JSON
 * header, named arrays of float64, the metrics of each iteration, and the SHA-256 of all bytes
 * before it.
 */
final class CheckpointFormat {

  /**
   * The version of the format and of the arithmetic. It must grow when either changes, since a
   * resumed run must give the same bits as an uninterrupted one.
   */
  static final int VERSION = 5;

  private static final long MAGIC = 0x4F4E_4548_4F54_4350L;
  private static final int DIGEST_BYTES = 32;
  private static final int CHUNK_BYTES = 1 << 16;

  private CheckpointFormat() {}

  static void write(OutputStream out, CheckpointHeader header, TrainingSnapshot snapshot)
      throws IOException {
    MessageDigest digest = sha256();
    DataOutputStream data =
        new DataOutputStream(
            new BufferedOutputStream(new DigestOutputStream(out, digest), CHUNK_BYTES));
    data.writeLong(MAGIC);
    data.writeInt(VERSION);
    byte[] json = header.json().getBytes(StandardCharsets.UTF_8);
    data.writeInt(json.length);
    data.write(json);
    data.writeInt(snapshot.arrays().size());
    for (Map.Entry<String, double[]> array : snapshot.arrays().entrySet()) {
      data.writeUTF(array.getKey());
      data.writeInt(array.getValue().length);
      write(data, array.getValue());
    }
    data.writeInt(snapshot.history().size());
    for (IterationMetrics metrics : snapshot.history()) {
      write(data, metrics);
    }
    data.flush();
    out.write(digest.digest());
  }

  /**
   * Reads all bytes and compares their SHA-256 with the stored one.
   *
   * @param length of the file in bytes
   * @throws DamagedCheckpointException if the file is truncated or the SHA-256 differs
   */
  static void verify(InputStream in, long length) throws IOException {
    MessageDigest digest = sha256();
    byte[] chunk = new byte[CHUNK_BYTES];
    long left = length - DIGEST_BYTES;
    if (left < Long.BYTES + Integer.BYTES) {
      throw new DamagedCheckpointException("is truncated");
    }
    while (left > 0) {
      int read = in.readNBytes(chunk, 0, (int) Math.min(chunk.length, left));
      if (read == 0) {
        throw new DamagedCheckpointException("is truncated");
      }
      digest.update(chunk, 0, read);
      left -= read;
    }
    if (!Arrays.equals(digest.digest(), in.readNBytes(DIGEST_BYTES)) || in.read() >= 0) {
      throw new DamagedCheckpointException("is damaged (its SHA-256 does not fit)");
    }
  }

  /**
   * Reads the header of a verified checkpoint. The stream is then just after the header.
   *
   * @throws ForeignVersionException if the checkpoint has another format version
   */
  static CheckpointHeader readHeader(DataInputStream data) throws IOException {
    if (data.readLong() != MAGIC) {
      throw new DamagedCheckpointException("is no checkpoint");
    }
    int version = data.readInt();
    if (version != VERSION) {
      throw new ForeignVersionException(version);
    }
    byte[] json = data.readNBytes(data.readInt());
    try {
      return CheckpointHeader.parse(new String(json, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new DamagedCheckpointException("has a header that makes no sense");
    }
  }

  /** Reads the part after the header. */
  static TrainingSnapshot readSnapshot(DataInputStream data) throws IOException {
    Map<String, double[]> arrays = new LinkedHashMap<>();
    int count = data.readInt();
    for (int i = 0; i < count; i++) {
      String name = data.readUTF();
      arrays.put(name, readArray(data));
    }
    List<IterationMetrics> history = new ArrayList<>();
    int iterations = data.readInt();
    for (int i = 0; i < iterations; i++) {
      history.add(readMetrics(data));
    }
    return new TrainingSnapshot(arrays, history);
  }

  private static void write(DataOutputStream data, double[] values) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(chunkBytes(values));
    int perChunk = CHUNK_BYTES / Double.BYTES;
    for (int from = 0; from < values.length; from += perChunk) {
      int count = Math.min(perChunk, values.length - from);
      chunk.clear().asDoubleBuffer().put(values, from, count);
      data.write(chunk.array(), 0, count * Double.BYTES);
    }
  }

  private static double[] readArray(DataInputStream data) throws IOException {
    double[] values = new double[data.readInt()];
    byte[] chunk = new byte[chunkBytes(values)];
    int perChunk = CHUNK_BYTES / Double.BYTES;
    for (int from = 0; from < values.length; from += perChunk) {
      int count = Math.min(perChunk, values.length - from);
      data.readFully(chunk, 0, count * Double.BYTES);
      ByteBuffer.wrap(chunk).asDoubleBuffer().get(values, from, count);
    }
    return values;
  }

  private static int chunkBytes(double[] values) {
    return (int) Math.min(CHUNK_BYTES, (long) values.length * Double.BYTES);
  }

  private static void write(DataOutputStream data, IterationMetrics metrics) throws IOException {
    data.writeInt(metrics.iteration());
    data.writeDouble(metrics.loss());
    data.writeDouble(metrics.penalty());
    data.writeDouble(metrics.accuracy());
    data.writeDouble(metrics.gradientNorm());
    data.writeDouble(metrics.learningRate());
    data.writeDouble(metrics.negativeSlope());
    data.writeLong(metrics.undecidedRows());
    data.writeInt(metrics.activeShares().length);
    write(data, metrics.activeShares());
    data.writeBoolean(metrics.validationLoss() != null);
    if (metrics.validationLoss() != null) {
      data.writeDouble(metrics.validationLoss());
      data.writeDouble(metrics.validationAccuracy());
    }
    data.writeDouble(metrics.milliseconds());
  }

  private static IterationMetrics readMetrics(DataInputStream data) throws IOException {
    int iteration = data.readInt();
    double loss = data.readDouble();
    double penalty = data.readDouble();
    double accuracy = data.readDouble();
    double gradientNorm = data.readDouble();
    double learningRate = data.readDouble();
    double negativeSlope = data.readDouble();
    long undecided = data.readLong();
    double[] activeShares = readArray(data);
    boolean validated = data.readBoolean();
    Double validationLoss = validated ? data.readDouble() : null;
    Double validationAccuracy = validated ? data.readDouble() : null;
    return new IterationMetrics(
        iteration,
        loss,
        penalty,
        accuracy,
        gradientNorm,
        learningRate,
        negativeSlope,
        undecided,
        activeShares,
        validationLoss,
        validationAccuracy,
        data.readDouble());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
