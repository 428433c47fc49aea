package dev.onehot.data.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onehot.data.Digits;
import dev.onehot.data.Gzip;
import dev.onehot.data.ImageShape;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdxStreamTest {

  private static final byte[] RAW = Digits.random(1, 15_000, new ImageShape(4, 5)).pixels();

  private static final int FAULT = 123_457;

  private static byte[] whole;
  private static byte[] corrupt;

  @TempDir Path folder;

  @BeforeAll
  static void compress() throws IOException {
    whole = Gzip.compressed(RAW);
    corrupt = Gzip.corrupt(RAW, FAULT);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 512, 65_536, 300_000})
  void aFaultIsAtTheSamePlaceHoweverManyBytesARead(int chunk) throws IOException {
    try (IdxStream stream = stream(corrupt)) {
      assertThatThrownBy(() -> readAll(stream, chunk)).isInstanceOf(ZipException.class);
      assertThat(stream.position()).isEqualTo(FAULT);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 512, 65_536, 600_000})
  void aFaultInALaterMemberIsCountedFromTheStartOfTheFile(int chunk) throws IOException {
    byte[] members = Arrays.copyOf(whole, whole.length + corrupt.length);
    System.arraycopy(corrupt, 0, members, whole.length, corrupt.length);
    try (IdxStream stream = stream(members)) {
      assertThatThrownBy(() -> readAll(stream, chunk)).isInstanceOf(ZipException.class);
      assertThat(stream.position()).isEqualTo(RAW.length + FAULT);
    }
  }

  @Test
  void aFaultIsAtTheSamePlaceForWhoSkipsOverIt() throws IOException {
    try (IdxStream stream = stream(corrupt)) {
      assertThatThrownBy(() -> stream.skipTo(RAW.length - 1)).isInstanceOf(ZipException.class);
      assertThat(stream.position()).isEqualTo(FAULT);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 512, 300_000})
  void aStreamThatBreaksOffDoesSoAtTheSamePlaceToo(int chunk) throws IOException {
    byte[] half = Arrays.copyOf(whole, whole.length / 2);
    long readable = readableBytes(half);
    try (IdxStream stream = stream(half)) {
      assertThatThrownBy(() -> readAll(stream, chunk)).isInstanceOf(EOFException.class);
      assertThat(stream.position()).isEqualTo(readable);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 30, 100_000})
  void bytesAfterTheLastMemberAreRefused(int trailing) throws IOException {
    byte[] longer = Arrays.copyOf(whole, whole.length + trailing);
    try (IdxStream stream = stream(longer)) {
      assertThatThrownBy(() -> readAll(stream, 1000))
          .isInstanceOf(ZipException.class)
          .hasMessage(trailing + " bytes follow its end");
      assertThat(stream.position()).isEqualTo(RAW.length);
    }
  }

  @Test
  void aMemberThatBreaksOffInItsHeaderIsRefused() throws IOException {
    byte[] longer = Arrays.copyOf(whole, whole.length + 5);
    System.arraycopy(whole, 0, longer, whole.length, 5);
    try (IdxStream stream = stream(longer)) {
      assertThatThrownBy(() -> readAll(stream, 1000))
          .isInstanceOf(ZipException.class)
          .hasMessage("5 bytes follow its end");
    }
  }

  @Test
  void everyMemberIsRead() throws IOException {
    byte[] members = new byte[3 * whole.length];
    for (int m = 0; m < 3; m++) {
      System.arraycopy(whole, 0, members, m * whole.length, whole.length);
    }
    try (IdxStream stream = stream(members)) {
      assertThat(stream.drain()).isEqualTo(3L * RAW.length);
    }
  }

  /** How many bytes can be had, taken one after another. */
  private static long readableBytes(byte[] gzip) throws IOException {
    long count = 0;
    try (var in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      while (in.read() >= 0) {
        count++;
      }
    } catch (EOFException e) {
      assertThat(count).isBetween(100_000L, 200_000L);
    }
    return count;
  }

  private static void readAll(IdxStream stream, int chunk) throws IOException {
    byte[] buffer = new byte[chunk];
    while (stream.read(buffer, 0, chunk) == chunk) {
      // The next.
    }
  }

  private IdxStream stream(byte[] gzip) throws IOException {
    Path file = folder.resolve("file.gz");
    Files.write(file, gzip);
    return IdxStream.open(new org.apache.hadoop.fs.Path(file.toUri()), new Configuration());
  }
}
