package dev.onehot.cli;

import java.util.Map;
import org.apache.spark.SparkConf;
import scala.Tuple2;

/**
 * Spark settings of a local master, which are nobody else's business: the driver and its UI listen
 * on the loopback address alone, and Spark's temporary files are in private folders.
 *
 * <p>In local mode all executors are threads of the driver, so nobody else has to reach it. On any
 * other address, whoever reaches the UI's port could end the training, and Spark would depend on
 * how this machine's name resolves.
 */
final class LocalModeConf extends SparkConf {

  private static final long serialVersionUID = 1;

  private static final String ADDRESS = "127.0.0.1";
  private static final String HOST = "spark.driver.host";
  private static final String BIND_ADDRESS = "spark.driver.bindAddress";
  private static final String LOCAL_IP = "SPARK_LOCAL_IP";

  /** Takes the place of environment variables: of some, Spark asks for nothing else. */
  private final Map<String, String> environment;

  private LocalModeConf(SparkConf settings, Map<String, String> environment) {
    super(false);
    this.environment = Map.copyOf(environment);
    for (Tuple2<String, String> setting : settings.getAll()) {
      set(setting._1(), setting._2());
    }
  }

  /** Whether the master is local. */
  static boolean isLocal(SparkConf settings) {
    String master = settings.get("spark.master", "");
    return master.equals("local") || master.startsWith("local[");
  }

  /**
   * The settings, on loopback if the master is local. They stay as they are if the user has named
   * an address, by a setting or in Spark's environment variables.
   */
  static SparkConf onLoopback(SparkConf settings) {
    if (!isLocal(settings)
        || settings.contains(HOST)
        || settings.contains(BIND_ADDRESS)
        || System.getenv(LOCAL_IP) != null
        || System.getenv("SPARK_LOCAL_HOSTNAME") != null) {
      return settings;
    }
    return new LocalModeConf(settings, Map.of(LOCAL_IP, ADDRESS))
        .set(HOST, ADDRESS)
        .set(BIND_ADDRESS, ADDRESS);
  }

  /** The settings, with other folders for Spark's temporary files. */
  static SparkConf withFolders(SparkConf settings, String folders) {
    String ip = settings.getenv(LOCAL_IP);
    Map<String, String> variable = Map.of(PrivateFolders.VARIABLE, folders);
    return new LocalModeConf(
        settings, ip == null ? variable : Map.of(LOCAL_IP, ip, PrivateFolders.VARIABLE, folders));
  }

  @Override
  public String getenv(String name) {
    String value = environment.get(name);
    return value == null ? super.getenv(name) : value;
  }

  /** Spark's context works with a clone. */
  @Override
  public SparkConf clone() {
    return new LocalModeConf(this, environment);
  }
}
