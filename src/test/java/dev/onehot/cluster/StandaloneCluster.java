package dev.onehot.cluster;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.onehot.ProjectHome;
import dev.onehot.SparkJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;

/**
 * A real standalone cluster on this machine: a master, workers and their executors, all of them
 * processes of their own, from the jars in target/spark. They listen on loopback, on ports of the
 * system's choice, and end with this process, however it ends.
 */
public final class StandaloneCluster implements AutoCloseable {

  private static final int CORES_OF_A_WORKER = 2;
  private static final int MEGABYTES_OF_A_WORKER = 2048;
  private static final String CONF = "spark.properties";

  private final Path folder;
  private final Process master;
  private final String url;
  private final int webPort;
  private final List<Process> workers = new ArrayList<>();

  private StandaloneCluster(Path folder, Map<String, String> conf) throws IOException {
    this.folder = Files.createDirectories(folder);
    // Not on command lines, which everybody on the machine can read.
    Properties properties = new Properties();
    properties.putAll(conf);
    try (Writer out = Files.newBufferedWriter(folder.resolve(CONF))) {
      properties.store(out, null);
    }
    master = start("master", List.of("master"), "127.0.0.1");
    String[] listening = firstLine(master, "master").split(" ");
    url = listening[0];
    webPort = Integer.parseInt(listening[1]);
  }

  /**
   * Starts a master and workers with 2 cores and 2 GB each, and waits until they know each other.
   *
   * @param folder for logs and the workers' directories
   * @param conf Spark settings of master and workers
   */
  public static StandaloneCluster start(Path folder, int workers, Map<String, String> conf)
      throws IOException {
    StandaloneCluster cluster = new StandaloneCluster(folder, conf);
    try {
      List<Process> started = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        started.add(cluster.startWorker());
      }
      for (Process worker : started) {
        firstLine(worker, "worker");
      }
      cluster.awaitWorkers(workers);
      return cluster;
    } catch (Throwable e) {
      cluster.close();
      throw e;
    }
  }

  /**
   * Makes the cluster as it was at first, whatever was done to it: so many workers, and nothing
   * that runs on them.
   */
  public void restore(int wanted) {
    List<Process> alive = workers();
    for (int i = alive.size(); i < wanted; i++) {
      startWorker();
    }
    alive.stream().skip(wanted).forEach(Process::destroyForcibly);
    awaitWorkers(wanted);
    Waiting.until(
        "earlier applications have ended",
        () ->
            state().getAsJsonArray("activeapps").isEmpty()
                && state().getAsJsonArray("activedrivers").isEmpty()
                && executors().isEmpty()
                && drivers().isEmpty());
  }

  /** Waits until so many workers have registered. */
  void awaitWorkers(int wanted) {
    Waiting.until(
        "workers registered; logs are in " + folder,
        () -> state().get("aliveworkers").getAsInt() == wanted);
  }

  /** {@code spark://127.0.0.1:PORT}. */
  public String url() {
    return url;
  }

  /** The processes of the workers that are alive, oldest first. */
  public List<Process> workers() {
    return workers.stream().filter(Process::isAlive).toList();
  }

  /** One worker more; returns at once, before it has registered. */
  public Process startWorker() {
    return startWorker("127.0.0.1");
  }

  /** The same, as on another machine if the address is another one of loopback's. */
  Process startWorker(String address) {
    String name = "worker-" + workers.size();
    Process worker =
        start(
            name,
            List.of(
                "worker",
                url,
                Integer.toString(CORES_OF_A_WORKER),
                Integer.toString(MEGABYTES_OF_A_WORKER),
                folder.resolve(name).toString(),
                address),
            address);
    workers.add(worker);
    return worker;
  }

  /** The executors that run at the moment. */
  public List<ProcessHandle> executors() {
    return workers().stream().flatMap(StandaloneCluster::executors).toList();
  }

  /** A worker's executors. */
  public static Stream<ProcessHandle> executors(Process worker) {
    return worker.descendants().filter(StandaloneCluster::isExecutor);
  }

  /** Whether a process is any Spark application's executor. */
  public static boolean isExecutor(ProcessHandle process) {
    return commandLine(process).contains("CoarseGrainedExecutorBackend");
  }

  /** The drivers that run inside the cluster at the moment. */
  public List<ProcessHandle> drivers() {
    return workers.stream()
        .flatMap(Process::descendants)
        .filter(
            process ->
                commandLine(process).contains("org.apache.spark.deploy.worker.DriverWrapper"))
        .toList();
  }

  /**
   * What each driver that ran inside the cluster has written to stderr, the one that wrote last at
   * the end.
   */
  public List<String> outputOfDrivers() throws IOException {
    // A glob, as processes that end remove files from elsewhere in the folder meanwhile.
    FileStatus[] logs =
        FileSystem.getLocal(new Configuration())
            .globStatus(new org.apache.hadoop.fs.Path(folder + "/worker-*/driver-*/stderr"));
    Arrays.sort(logs, Comparator.comparingLong(FileStatus::getModificationTime));
    List<String> output = new ArrayList<>();
    for (FileStatus log : logs) {
      output.add(Files.readString(Path.of(log.getPath().toUri().getPath())));
    }
    return output;
  }

  /** Master, workers, executors and drivers that are alive. */
  public List<ProcessHandle> processes() {
    return Stream.concat(Stream.of(master), workers.stream())
        .flatMap(process -> Stream.concat(Stream.of(process.toHandle()), process.descendants()))
        .filter(ProcessHandle::isAlive)
        .toList();
  }

  /** What a process was started with, empty if it has ended. */
  public static String commandLine(ProcessHandle process) {
    try {
      // ProcessHandle knows the first 4 kB only.
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
          .replace('\0', ' ');
    } catch (IOException e) {
      return process.info().commandLine().orElse("");
    }
  }

  /** The master's view of the cluster, as its web UI gives it. */
  public JsonObject state() {
    try (InputStream in =
        URI.create("http://127.0.0.1:" + webPort + "/json/").toURL().openStream()) {
      return JsonParser.parseString(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends all processes, and waits until they have ended. */
  @Override
  public void close() {
    List<ProcessHandle> all = processes();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> process.onExit().join());
  }

  private Process start(String name, List<String> arguments, String address) {
    // They compute nothing: compiled code of the first tier will do.
    List<String> command =
        SparkJvm.command(
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            ProjectHome.resolve("target/test-classes"));
    command.add(ClusterDaemon.class.getName());
    command.add(folder.resolve(CONF).toString());
    command.addAll(arguments);
    ProcessBuilder builder =
        SparkJvm.process(command)
            .directory(folder.toFile())
            .redirectError(folder.resolve(name + ".log").toFile());
    // Executors listen there, too.
    builder.environment().put("SPARK_LOCAL_IP", address);
    builder.environment().put("SPARK_LOCAL_DIRS", folder.resolve("local").toString());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String firstLine(Process process, String name) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the " + name + " did not start");
    }
    return line;
  }
}
