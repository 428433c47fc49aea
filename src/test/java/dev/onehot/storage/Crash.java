package dev.onehot.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/**
 * The end of a process, as its files see it: after so many changes nothing is changed any more, and
 * nothing is read. Each call of a file system throws then, and so nobody can clean up. File systems
 * that are had with {@link #configuration} obey it.
 */
final class Crash {

  private static final String SETTING = "onehot.test.crash";
  private static final Map<String, Crash> ALL = new ConcurrentHashMap<>();

  private final String id = UUID.randomUUID().toString();
  private final FileSystem plain;
  private final Set<String> unsynced = new TreeSet<>();
  private int left;
  private int changes;
  private boolean happened;

  /** What calls throw once the process has ended. */
  static final class ProcessEnded extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ProcessEnded() {
      super("the process has ended", null, true, false);
    }
  }

  /**
   * @param plain the file system without faults
   * @param changes how many changes are made before the end
   */
  Crash(FileSystem plain, int changes) {
    this.plain = plain;
    left = changes;
    ALL.put(id, this);
  }

  static Crash of(Configuration hadoop) {
    return ALL.get(hadoop.get(SETTING));
  }

  FileSystem plain() {
    return plain;
  }

  /** A configuration whose file systems obey this. */
  Configuration configuration(Configuration base) {
    Configuration hadoop = new Configuration(base);
    hadoop.set(SETTING, id);
    hadoop.setClass("fs.file.impl", CrashingFiles.Local.class, FileSystem.class);
    hadoop.setClass("fs.hdfs.impl", CrashingFiles.Hdfs.class, FileSystem.class);
    for (String scheme : List.of("file", "hdfs")) {
      hadoop.setBoolean("fs." + scheme + ".impl.disable.cache", true);
    }
    // No heart may beat meanwhile: the changes are counted.
    hadoop.set("onehot.claim.patience", "1h");
    return hadoop;
  }

  /** To be called before each change. */
  synchronized void change() {
    look();
    if (left == 0) {
      happened = true;
      throw new ProcessEnded();
    }
    left--;
    changes++;
  }

  /** To be called before a read. */
  synchronized void look() {
    if (happened) {
      throw new ProcessEnded();
    }
  }

  /** How many changes were made. */
  synchronized int changes() {
    return changes;
  }

  synchronized boolean happened() {
    return happened;
  }

  synchronized void written(Path file) {
    unsynced.add(key(file));
  }

  synchronized void synced(Path file) {
    unsynced.remove(key(file));
  }

  /** Both names have the same content. */
  synchronized void linked(Path from, Path to) {
    String source = key(from);
    String target = key(to);
    unsynced.removeIf(name -> below(name, target));
    for (String name : List.copyOf(unsynced)) {
      if (below(name, source)) {
        unsynced.add(target + name.substring(source.length()));
      }
    }
  }

  synchronized void deleted(Path path) {
    String gone = key(path);
    unsynced.removeIf(name -> below(name, gone));
  }

  private static boolean below(String name, String folder) {
    return name.equals(folder) || name.startsWith(folder + "/");
  }

  private static String key(Path path) {
    return Path.getPathWithoutSchemeAndAuthority(path).toString();
  }

  /** A power cut: files that were written and not synced are empty from now on. */
  synchronized void loseUnsynced() throws IOException {
    for (String name : unsynced) {
      Path file = plain.makeQualified(new Path(null, null, name));
      // The length of a file that is still open is 0 for HDFS.
      if (plain.exists(file) && plain.getFileStatus(file).getLen() > 0) {
        plain.create(file, true).close();
      }
    }
  }

  /**
   * Lets the claims below a folder be those of a process that no longer lives, and ends their
   * heartbeats and open files. This process does live, but has played one that does not.
   */
  void bury(Path folder) throws IOException {
    if (plain instanceof DistributedFileSystem hdfs) {
      hdfs.getClient().closeAllFilesBeingWritten(true);
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("heartbeat of " + folder + "/")) {
        thread.interrupt();
      }
    }
    bury(plain.listStatus(folder));
    ALL.remove(id);
  }

  private void bury(FileStatus[] found) throws IOException {
    for (FileStatus file : found) {
      if (file.isDirectory()) {
        bury(plain.listStatus(file.getPath()));
      } else if (file.getPath().getName().matches(".*(claim|lock).*") && file.getLen() > 0) {
        Claim.Link link = Claim.read(plain, file.getPath());
        if (link != null && link.owner() != null) {
          bury(link);
        }
      }
    }
  }

  private void bury(Claim.Link link) throws IOException {
    DriverProcess process = link.owner().process();
    DriverProcess ended =
        new DriverProcess(process.host(), process.machine(), process.pid(), "2026-01-02T03:04:05Z");
    ClaimOwner owner =
        new ClaimOwner(link.owner().format(), link.owner().id(), link.owner().run(), ended);
    WholeFile.write(
        plain, link.file(), out -> out.write(owner.json().getBytes(StandardCharsets.UTF_8)));
  }
}
