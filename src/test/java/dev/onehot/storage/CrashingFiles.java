package dev.onehot.storage;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.EnumSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.Syncable;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** The file systems that Onehot really uses, until a {@link Crash}. */
final class CrashingFiles {

  private CrashingFiles() {}

  /** Local files: what {@link Storage#of} unwraps is a {@link LocalDisk}. */
  public static final class Local extends LocalFileSystem {

    public Local() throws IOException {
      super(new Disk());
    }

    @Override
    public void initialize(URI uri, Configuration hadoop) throws IOException {
      super.initialize(uri, hadoop);
      ((Disk) getRawFileSystem()).crash = Crash.of(hadoop);
    }
  }

  /** Each step is a change: a link and the removal of the old name are two. */
  private static final class Disk extends LocalDisk {

    private Crash crash;

    Disk() throws IOException {
      super(plainLocal(), new Configuration());
    }

    private static RawLocalFileSystem plainLocal() throws IOException {
      RawLocalFileSystem raw = new RawLocalFileSystem();
      raw.initialize(URI.create("file:///"), new Configuration());
      return raw;
    }

    @Override
    public FSDataOutputStream createNonRecursive(
        Path path,
        FsPermission permission,
        EnumSet<CreateFlag> flags,
        int bufferSize,
        short replication,
        long blockSize,
        Progressable progress)
        throws IOException {
      crash.change();
      return new FSDataOutputStream(
          new Written(
              super.createNonRecursive(
                  path, permission, flags, bufferSize, replication, blockSize, progress),
              path,
              crash),
          null);
    }

    @Override
    public boolean mkdirs(Path folder) throws IOException {
      if (!super.exists(folder)) {
        crash.change();
      }
      return super.mkdirs(folder);
    }

    /** One name after another, as the system does. */
    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
      if (!Files.exists(nio(path), java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
        crash.look();
        return false;
      }
      if (recursive && Files.isDirectory(nio(path))) {
        for (FileStatus file : listStatus(path)) {
          delete(file.getPath(), true);
        }
      }
      crash.change();
      crash.deleted(path);
      return super.delete(path, false);
    }

    @Override
    void move(java.nio.file.Path from, java.nio.file.Path to) throws IOException {
      crash.change();
      super.move(from, to);
      crash.linked(new Path(from.toUri()), new Path(to.toUri()));
      crash.deleted(new Path(from.toUri()));
    }

    @Override
    void link(java.nio.file.Path from, java.nio.file.Path to) throws IOException {
      crash.change();
      super.link(from, to);
      crash.linked(new Path(from.toUri()), new Path(to.toUri()));
    }

    @Override
    void unlink(java.nio.file.Path path) throws IOException {
      crash.change();
      super.unlink(path);
      crash.deleted(new Path(path.toUri()));
    }

    @Override
    public void setTimes(Path path, long modified, long accessed) throws IOException {
      crash.look();
      super.setTimes(path, modified, accessed);
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
      crash.look();
      return super.open(path, bufferSize);
    }

    @Override
    public boolean exists(Path path) throws IOException {
      crash.look();
      return super.exists(path);
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
      crash.look();
      return super.getFileStatus(path);
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
      crash.look();
      return super.listStatus(path);
    }
  }

  /** HDFS, where a rename and the deletion of a folder are one change each. */
  public static final class Hdfs extends FilterFileSystem {

    private Crash crash;

    @Override
    public void initialize(URI uri, Configuration hadoop) throws IOException {
      crash = Crash.of(hadoop);
      fs = crash.plain();
      setConf(hadoop);
    }

    /** The one that it filters is the tests'. */
    @Override
    public void close() {}

    @Override
    @SuppressWarnings("rawtypes")
    public FSDataOutputStreamBuilder createFile(Path path) {
      return createDataOutputStreamBuilder(this, path).create().overwrite(true);
    }

    @Override
    public FSDataOutputStream createNonRecursive(
        Path path,
        FsPermission permission,
        EnumSet<CreateFlag> flags,
        int bufferSize,
        short replication,
        long blockSize,
        Progressable progress)
        throws IOException {
      crash.change();
      return new FSDataOutputStream(
          new Written(
              fs.createNonRecursive(
                  path, permission, flags, bufferSize, replication, blockSize, progress),
              path,
              crash),
          null);
    }

    @Override
    public boolean mkdirs(Path folder) throws IOException {
      if (!fs.exists(folder)) {
        crash.change();
      }
      crash.look();
      return fs.mkdirs(folder);
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
      if (!fs.exists(path)) {
        crash.look();
        return false;
      }
      crash.change();
      crash.deleted(path);
      return fs.delete(path, recursive);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
      crash.change();
      boolean renamed = fs.rename(from, to);
      crash.linked(from, to);
      crash.deleted(from);
      return renamed;
    }

    @Override
    @SuppressWarnings("deprecation")
    protected void rename(Path from, Path to, Options.Rename... options) throws IOException {
      crash.change();
      super.rename(from, to, options);
      crash.linked(from, to);
      crash.deleted(from);
    }

    @Override
    public void setTimes(Path path, long modified, long accessed) throws IOException {
      crash.look();
      fs.setTimes(path, modified, accessed);
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
      crash.look();
      return fs.open(path, bufferSize);
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
      crash.look();
      return fs.getFileStatus(path);
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
      crash.look();
      return fs.listStatus(path);
    }
  }

  /**
   * Each write, sync and close is a change. Of the write that does not come to its end, half is.
   */
  private static final class Written extends FilterOutputStream
      implements Syncable, StreamCapabilities {

    private final FSDataOutputStream file;
    private final Path path;
    private final Crash crash;

    Written(FSDataOutputStream file, Path path, Crash crash) {
      super(file);
      this.file = file;
      this.path = path;
      this.crash = crash;
      crash.written(path);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      boolean before = crash.happened();
      try {
        crash.change();
      } catch (Crash.ProcessEnded e) {
        if (!before) {
          file.write(bytes, offset, length / 2);
          file.hflush();
        }
        throw e;
      }
      crash.written(path);
      file.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      crash.look();
      file.flush();
    }

    @Override
    public void hflush() throws IOException {
      crash.look();
      file.hflush();
    }

    @Override
    public void hsync() throws IOException {
      crash.change();
      file.hsync();
      crash.synced(path);
    }

    @Override
    public void close() throws IOException {
      crash.change();
      file.close();
    }

    @Override
    public boolean hasCapability(String capability) {
      return file.hasCapability(capability);
    }
  }
}
