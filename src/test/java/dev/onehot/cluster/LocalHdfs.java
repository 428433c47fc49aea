package dev.onehot.cluster;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.SafeMode;
import org.apache.hadoop.fs.SafeModeAction;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** A real HDFS of one data node in this JVM, on loopback, for other processes, too. */
final class LocalHdfs implements AutoCloseable {

  private final MiniDFSCluster cluster;
  private final FileSystem files;

  private LocalHdfs(MiniDFSCluster cluster) throws IOException {
    this.cluster = cluster;
    files = cluster.getFileSystem();
  }

  /** Starts it, with its blocks in a folder of this machine. */
  static LocalHdfs start(java.nio.file.Path folder) throws IOException {
    Configuration conf = new Configuration();
    conf.set("dfs.datanode.address", "127.0.0.1:0");
    conf.set("dfs.datanode.http.address", "127.0.0.1:0");
    conf.set("dfs.datanode.ipc.address", "127.0.0.1:0");
    conf.set("dfs.namenode.http-address", "127.0.0.1:0");
    // A client that closes a file waits so long for the data node to tell of it, 400 by default.
    conf.set("dfs.client.block.write.locateFollowingBlock.initial.delay.ms", "5");
    // Each wait is twice as long as the one before: 20 seconds in all for a busy machine.
    conf.set("dfs.client.block.write.locateFollowingBlock.retries", "12");
    MiniDFSCluster cluster =
        new MiniDFSCluster.Builder(conf, folder.toFile()).numDataNodes(1).build();
    cluster.waitActive();
    return new LocalHdfs(cluster);
  }

  /** {@code hdfs://HOST:PORT}, without a slash at its end. */
  String root() {
    return cluster.getURI().toString();
  }

  /** As the user who may do everything. */
  FileSystem files() {
    return files;
  }

  /** Safe mode lets read, and write nothing. */
  void safeMode(boolean on) throws IOException {
    ((SafeMode) files).setSafeMode(on ? SafeModeAction.ENTER : SafeModeAction.LEAVE);
  }

  /** Copies a folder of this machine; returns the URL of the copy. */
  String copy(String folder, String name) throws IOException {
    files.copyFromLocalFile(new Path(folder), new Path(root() + name));
    return root() + name;
  }

  /** The names in a directory, hidden ones included; none if there is no such directory. */
  List<String> names(String directory) throws IOException {
    Path path = new Path(directory);
    FileStatus[] found = files.exists(path) ? files.listStatus(path) : new FileStatus[0];
    return Stream.of(found).map(file -> file.getPath().getName()).toList();
  }

  byte[] bytes(String file) throws IOException {
    try (InputStream in = files.open(new Path(file))) {
      return in.readAllBytes();
    }
  }

  /** What a model's run.json says. */
  String w1Sha256(String model) throws IOException {
    return JsonParser.parseString(new String(bytes(model + "/run.json"), StandardCharsets.UTF_8))
        .getAsJsonObject()
        .get("w1Sha256")
        .getAsString();
  }

  @Override
  public void close() {
    cluster.shutdown();
  }
}
