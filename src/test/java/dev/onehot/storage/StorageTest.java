package dev.onehot.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.ConnectException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What file systems say, and what of it the user is told. */
class StorageTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/a/ck (Permission denied)                  | Permission denied",
        "file:/a/ck: No space left on device        | No space left on device",
        "/a/ck/.writable.pending (Read-only file system) | Read-only file system",
        "mkdir failed                               | mkdir failed",
        "Cannot open filename /a/ck                 | Cannot open filename /a/ck",
        "Cannot create directory /a/ck. Name node is in safe mode. | Name node is in safe mode.",
        "Cannot create file/a/ck/.writable.pending. Name node is in safe mode. | Name node is in safe mode.",
        "Permission denied: user=bob, inode=\"/a/ck\":ann:users:dr-xr-xr-x | Permission denied: user=bob, inode=\"/a/ck\":ann:users:dr-xr-xr-x",
        "Permission denied: user=bob, inode=\"/a\":ann:users:dr-xr-xr-x | Permission denied: user=bob, inode=\"/a\":ann:users:dr-xr-xr-x"
      })
  void theReasonIsToldAndNotThePathBeforeIt(String message, String reason) {
    assertThat(Storage.reason(new IOException(message), new Path("hdfs://host:9000/a/ck")))
        .isEqualTo(reason);
  }

  @Test
  void aServerThatDoesNotAnswerIsNamed() {
    String hadoop =
        "Call From vm/127.0.0.1 to localhost:9 failed on connection exception: java.net.ConnectException: Connection refused; For more details see:  http://wiki.apache.org/hadoop/ConnectionRefused";
    assertThat(Storage.reason(new ConnectException(hadoop), new Path("hdfs://localhost:9/m")))
        .isEqualTo("no answer from localhost:9: Connection refused");
  }

  @Test
  void onlyTheFirstLineIsTold() {
    IOException failure = new IOException("/a/ck: is in safe mode\nIt was turned on manually.");
    assertThat(Storage.reason(failure, new Path("/a/ck"))).isEqualTo("is in safe mode");
    assertThat(Storage.reason(new IOException(), new Path("/a/ck"))).isEqualTo("IOException");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s3a://bucket/x | the class path has no file system for s3a://; set spark.jars.packages to org.apache.hadoop:hadoop-aws:",
        "abfss://c@a/x  | the class path has no file system for abfss://; set spark.jars.packages to org.apache.hadoop:hadoop-azure:",
        "gs://bucket/x  | the class path has no file system for gs://; add its jar with spark.jars",
        "s3://bucket/x  | Hadoop has no s3:// any more; write s3a://",
        "nosuch://x/y   | Hadoop has no file system for nosuch://; check the scheme, or set spark.hadoop.fs.nosuch.impl",
        "hdfs://no.such.invalid/x | the host no.such.invalid is not known; check the name",
        "hdfs:///x      | it names no host, and fs.defaultFS is no hdfs; write hdfs://HOST/",
      })
  void aFileSystemThatCannotBeHadIsExplained(String path, String reason) {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.gs.impl", "com.google.cloud.hadoop.fs.gcs.NoSuchFileSystem");
    // Only the tests have Hadoop's client of S3 on their class path.
    hadoop.set("fs.s3a.impl", "org.apache.hadoop.fs.s3a.NoSuchFileSystem");
    assertThatIOException()
        .isThrownBy(() -> Storage.of(new Path(path), hadoop))
        .satisfies(
            failure -> assertThat(Storage.reason(failure, new Path(path))).startsWith(reason));
  }

  @Test
  void hdfsIsNotAskedForANameThatItDoesNotAllow() {
    Path colon = new Path("hdfs://localhost:1/models/04:05");
    assertThatIOException()
        .isThrownBy(() -> Storage.of(colon, new Configuration()))
        .withMessage("HDFS allows no colon in a name");
  }

  @Test
  void aChildMayHaveAnyName() {
    for (String name : new String[] {"a", "a:b", "2026-11-28T04:05", "hdfs:x", "a b%20#?"}) {
      assertThat(Storage.child(new Path("file:/models"), name).toUri().getPath())
          .isEqualTo("/models/" + name);
      assertThat(Storage.child(new Path("file:/models"), name).getName()).isEqualTo(name);
    }
  }
}
