package dev.onehot.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Locale;
import java.util.Objects;
import org.apache.spark.SparkConf;

/** The ports of Spark's UI. Spark itself ends the process, without a word, if all are taken. */
final class UiPorts {

  static final String UI_PORT = "spark.ui.port";
  static final String RETRIES = "spark.port.maxRetries";
  static final int PORTS = 65536;

  private static final String ENABLED = "spark.ui.enabled";

  private final SparkConf conf;

  UiPorts(SparkConf conf) {
    this.conf = conf;
  }

  /**
   * Turns Spark's UI off if all its ports are taken, since a run is worth more.
   *
   * @return a warning for the user; null if the UI can have a port
   */
  String turnOffUiWithoutPort() {
    int port = conf.getInt(UI_PORT, 4040);
    int last = Math.min(PORTS - 1, port + conf.getInt(RETRIES, 16));
    if (port == 0 || !conf.getBoolean(ENABLED, true)) {
      return null;
    }
    for (int p = port; p <= last; p++) {
      if (isFree(p)) {
        return null;
      }
    }
    conf.set(ENABLED, "false");
    return port == last
        ? String.format(
            Locale.ROOT,
            "warning: no Spark UI for this run: port %d is taken; %s names another",
            port,
            UI_PORT)
        : String.format(
            Locale.ROOT,
            "warning: no Spark UI for this run: ports %d to %d are taken; %s names others",
            port,
            last,
            UI_PORT);
  }

  private boolean isFree(int port) {
    String host = Objects.requireNonNullElse(conf.getenv("SPARK_LOCAL_IP"), "0.0.0.0");
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(host, port));
      return true;
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }
}
