package dev.onehot.data.mnist;

import dev.onehot.data.idx.ForeignContent;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A gzip file with known content. Compressing the content again changes the file but not the
 * content, so either checksum identifies it.
 *
 * @param name the file's name, the same on every mirror
 * @param md5 the MD5 of the file that mirrors usually serve, in hexadecimal
 * @param contentMd5 the MD5 of the uncompressed bytes, in hexadecimal
 */
record ChecksummedFile(String name, String md5, String contentMd5) {

  private static final int BUFFER_BYTES = 1 << 16;

  /**
   * Describes what is wrong with a copy of this file.
   *
   * @return a few words; empty if the copy is right
   * @throws IOException if the copy cannot be read
   */
  Optional<String> mismatch(FileSystem files, Path copy) throws IOException {
    String found;
    try (InputStream in = files.open(copy)) {
      found = md5(in);
    }
    if (found.equals(md5) || holdsContent(files, copy)) {
      return Optional.empty();
    }
    if (ForeignContent.isWebPage(head(files, copy))) {
      return Optional.of("a web page came instead, perhaps one of the network that asks to log in");
    }
    return Optional.of(
        String.format(Locale.ROOT, "wrong checksum: MD5 %s instead of %s", found, md5));
  }

  private static byte[] head(FileSystem files, Path copy) throws IOException {
    try (InputStream in = files.open(copy)) {
      return in.readNBytes(ForeignContent.BYTES);
    }
  }

  private boolean holdsContent(FileSystem files, Path copy) throws IOException {
    try (InputStream compressed = files.open(copy);
        InputStream in = new GZIPInputStream(compressed, BUFFER_BYTES)) {
      return md5(in).equals(contentMd5);
    } catch (ZipException | EOFException e) {
      return false; // not a gzip file, or truncated
    }
  }

  private static String md5(InputStream in) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no MD5", e);
    }
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      digest.update(buffer, 0, n);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
