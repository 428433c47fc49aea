package dev.onehot.cli;

import java.io.IOException;
import java.util.stream.Stream;
import org.apache.hadoop.security.UserGroupInformation;

/** The user whom Hadoop sees behind this process. */
final class ProcessUser {

  private static final String HADOOP_USER_NAME = "HADOOP_USER_NAME";

  private ProcessUser() {}

  /**
   * Logs in under a name of our own if the system has none for the user's id, as in a container
   * that runs under any id. Hadoop could open no file otherwise.
   */
  static void logIn() {
    try {
      UserGroupInformation.getCurrentUser();
    } catch (IOException e) {
      if (!UserGroupInformation.isSecurityEnabled()) {
        UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser(name()));
      }
    }
  }

  private static String name() {
    return Stream.of(
            System.getenv(HADOOP_USER_NAME),
            System.getProperty(HADOOP_USER_NAME),
            System.getenv("SPARK_USER"),
            System.getProperty("user.name"))
        // The JVM says "?" for an id without a name.
        .filter(name -> name != null && !name.isBlank() && !name.equals("?"))
        .findFirst()
        .orElse("nobody");
  }
}
