package dev.onehot.cluster;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.deploy.worker.Worker;
import org.apache.spark.rpc.RpcEnv;
import scala.Option;

/**
 * A master or worker of a standalone cluster, which ends with whoever started it: when its stdin
 * does, as it does even when that process was killed.
 *
 * <p>Arguments are a file of Spark settings, then {@code master}, or {@code worker MASTER-URL CORES
 * MEGABYTES WORK-DIR ADDRESS}. Prints one line once it listens: its address, and its web UI's port.
 */
final class ClusterDaemon {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int ANY_PORT = 0;

  private ClusterDaemon() {}

  public static void main(String[] args) throws IOException {
    Thread watch = new Thread(ClusterDaemon::endWithStdin, "end with stdin");
    watch.setDaemon(true);
    watch.start();
    try (Reader settings = Files.newBufferedReader(Path.of(args[0]))) {
      System.getProperties().load(settings);
    }
    if (args[1].equals("master")) {
      var master = Master.startRpcEnvAndEndpoint(LOOPBACK, ANY_PORT, ANY_PORT, new SparkConf());
      run(master._1(), (int) master._2());
    } else {
      run(
          Worker.startRpcEnvAndEndpoint(
              args[6],
              ANY_PORT,
              ANY_PORT,
              Integer.parseInt(args[3]),
              Integer.parseInt(args[4]),
              new String[] {args[2]},
              args[5],
              Option.empty(),
              new SparkConf(),
              Option.empty()),
          ANY_PORT);
    }
  }

  private static void run(RpcEnv environment, int webPort) {
    System.out.println(environment.address().toSparkURL() + " " + webPort);
    environment.awaitTermination();
  }

  private static void endWithStdin() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever said there.
      }
    } catch (IOException e) {
      // As good as its end.
    }
    // Executors and drivers would notice by themselves, but seconds later.
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    Runtime.getRuntime().halt(0);
  }
}
