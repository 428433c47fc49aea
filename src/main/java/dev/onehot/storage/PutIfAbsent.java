package dev.onehot.storage;

import java.io.FileNotFoundException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Writes a file of an object store that appears when it is closed, if nothing has its name then. Of
 * several processes that try at once, one succeeds.
 */
final class PutIfAbsent extends FilterOutputStream {

  /** Metadata of the object: which writer's it is. */
  private static final String WRITER = "onehot-writer";

  /**
   * The stores that have refused to replace a file in this process. Old ones ignore the condition.
   */
  private static final Set<String> TRUSTED = ConcurrentHashMap.newKeySet();

  private final FileSystem files;
  private final Path path;
  private final String writer;
  private final FSDataOutputStream file;
  private boolean closed;

  private PutIfAbsent(FileSystem files, Path path) throws IOException {
    super(null);
    this.files = files;
    this.path = path;
    writer = UUID.randomUUID().toString();
    FSDataOutputStreamBuilder<?, ?> builder = files.createFile(path).overwrite(true);
    builder.must(ObjectStore.PUT_IF_ABSENT, true);
    builder.opt("fs.s3a.create.header." + WRITER, writer);
    file = (FSDataOutputStream) builder.build();
    out = file;
  }

  /**
   * Begins a file.
   *
   * @throws IOException if Hadoop or the store cannot put a file only if nothing has its name
   */
  static PutIfAbsent open(FileSystem files, Path path) throws IOException {
    ObjectStore.requirePutIfAbsent(files);
    String store = files.getUri().toString();
    if (!TRUSTED.contains(store)) {
      requireRefusal(files, WholeFile.aside(path));
      TRUSTED.add(store);
    }
    return new PutIfAbsent(files, path);
  }

  /** Puts a file twice. The second time must fail. */
  private static void requireRefusal(FileSystem files, Path probe) throws IOException {
    try {
      new PutIfAbsent(files, probe).close();
      new PutIfAbsent(files, probe).close();
    } catch (FileAlreadyExistsException e) {
      return;
    } finally {
      files.delete(probe, false);
    }
    throw new IOException(
        "the store replaces a file that it is to put only if none has its name; use one that honours If-None-Match");
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
  }

  /** Lets nothing appear. */
  void abort() {
    if (!closed) {
      closed = true;
      file.abort();
    }
  }

  /**
   * Puts the file.
   *
   * @throws FileAlreadyExistsException if something has its name
   */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      out.close();
    } catch (IOException e) {
      // If the answer to a request is lost, it is sent again, and then the file itself is there.
      if (!isOurs(e)) {
        FileAlreadyExistsException exists = new FileAlreadyExistsException(path + " exists");
        exists.initCause(e);
        throw exists;
      }
    }
  }

  /** Whether the file that is there is this one. Throws the failure if there is none. */
  private boolean isOurs(IOException failure) throws IOException {
    try {
      byte[] theirs = files.getXAttr(path, "header." + WRITER);
      return theirs != null && writer.equals(new String(theirs, StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      throw failure;
    } catch (IOException e) {
      failure.addSuppressed(e);
      throw failure;
    }
  }

  /** Puts a file whole or not at all. */
  static void put(FileSystem files, Path path, WholeFile.Content content) throws IOException {
    PutIfAbsent file = open(files, path);
    try {
      content.writeTo(file);
    } catch (IOException | RuntimeException e) {
      file.abort();
      throw e;
    }
    file.close();
  }

  /** Puts a file, whatever is there, whole or not at all. */
  static void replace(FileSystem files, Path path, WholeFile.Content content) throws IOException {
    FSDataOutputStream file = files.createFile(path).overwrite(true).build();
    try (OutputStream closing = file) {
      try {
        content.writeTo(closing);
      } catch (IOException | RuntimeException e) {
        file.abort();
        throw e;
      }
    }
  }
}
