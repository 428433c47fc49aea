package dev.onehot.cli;

import org.apache.spark.SparkConf;
import scala.Tuple2;

/**
 * Spark settings with which the driver and its UI listen on the loopback address alone.
 *
 * <p>In local mode all executors are threads of the driver, so nobody else has to reach it. On any
 * other address, whoever reaches the UI's port could end the training, and Spark would depend on
 * how this machine's name resolves.
 */
final class LoopbackConf extends SparkConf {

  private static final long serialVersionUID = 1;

  private static final String ADDRESS = "127.0.0.1";
  private static final String HOST = "spark.driver.host";
  private static final String BIND_ADDRESS = "spark.driver.bindAddress";
  private static final String LOCAL_IP = "SPARK_LOCAL_IP";

  private LoopbackConf(SparkConf settings) {
    super(false);
    for (Tuple2<String, String> setting : settings.getAll()) {
      set(setting._1(), setting._2());
    }
  }

  /**
   * The settings, on loopback if the master is local. They stay as they are if the user has named
   * an address, by a setting or in Spark's environment variables.
   */
  static SparkConf ifLocal(SparkConf settings) {
    String master = settings.get("spark.master", "");
    boolean local = master.equals("local") || master.startsWith("local[");
    if (!local
        || settings.contains(HOST)
        || settings.contains(BIND_ADDRESS)
        || System.getenv(LOCAL_IP) != null
        || System.getenv("SPARK_LOCAL_HOSTNAME") != null) {
      return settings;
    }
    return new LoopbackConf(settings).set(HOST, ADDRESS).set(BIND_ADDRESS, ADDRESS);
  }

  /** Overrides how Spark's UI asks for its address; there is no setting for it. */
  @Override
  public String getenv(String name) {
    return name.equals(LOCAL_IP) ? ADDRESS : super.getenv(name);
  }

  /** Spark's context works with a clone. */
  @Override
  public SparkConf clone() {
    return new LoopbackConf(this);
  }
}
