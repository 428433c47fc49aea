package dev.onehot.storage;

import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.util.VersionInfo;

/**
 * A path whose file system cannot be had. The message says in a few words why, and what to do.
 * Hadoop reports that in many ways, and most of them are no {@link IOException}.
 */
final class NoFileSystemException extends IOException {

  private static final long serialVersionUID = 1L;

  /** The libraries that have a scheme's file system, in Maven's notation without the version. */
  private static final Map<String, String> LIBRARIES =
      Map.of(
          "s3a", "org.apache.hadoop:hadoop-aws",
          "abfs", "org.apache.hadoop:hadoop-azure",
          "abfss", "org.apache.hadoop:hadoop-azure",
          "wasb", "org.apache.hadoop:hadoop-azure",
          "wasbs", "org.apache.hadoop:hadoop-azure",
          "oss", "org.apache.hadoop:hadoop-aliyun",
          "cosn", "org.apache.hadoop:hadoop-cos");

  private NoFileSystemException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Describes why Hadoop gave no file system for a path. */
  static NoFileSystemException of(Path path, Throwable failure) {
    String scheme = path.toUri().getScheme();
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof UnknownHostException) {
        return new NoFileSystemException(
            String.format(
                Locale.ROOT,
                "the host %s is not known; check the name, and HADOOP_CONF_DIR if it is a cluster's",
                t.getMessage()),
            failure);
      }
      if (t instanceof ClassNotFoundException || t instanceof LinkageError) {
        return new NoFileSystemException(
            String.format(
                Locale.ROOT,
                "the class path has no file system for %s://%s",
                scheme,
                remedy(scheme)),
            failure);
      }
    }
    if (failure instanceof UnsupportedFileSystemException) {
      return new NoFileSystemException(unknown(scheme), failure);
    }
    String reason = String.valueOf(failure.getMessage());
    return new NoFileSystemException(
        reason.contains("no host")
            ? String.format(
                Locale.ROOT,
                "it names no host, and fs.defaultFS is no %1$s; write %1$s://HOST/…",
                scheme)
            : reason,
        failure);
  }

  private static String unknown(String scheme) {
    if (scheme == null) {
      return "fs.defaultFS names a file system that Hadoop does not know; check HADOOP_CONF_DIR";
    }
    return scheme.equals("s3") || scheme.equals("s3n")
        ? String.format(Locale.ROOT, "Hadoop has no %s:// any more; write s3a://", scheme)
        : String.format(
            Locale.ROOT,
            "Hadoop has no file system for %1$s://; check the scheme, or set spark.hadoop.fs.%1$s.impl",
            scheme);
  }

  private static String remedy(String scheme) {
    String library = LIBRARIES.get(scheme);
    return library == null
        ? "; add its jar with spark.jars or spark.jars.packages"
        : String.format(
            Locale.ROOT, "; set spark.jars.packages to %s:%s", library, VersionInfo.getVersion());
  }
}
