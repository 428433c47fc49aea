package dev.onehot.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
  void aHostThatIsUnknownIsAFailureOfTheFileSystem() {
    assertThatThrownBy(
            () -> Storage.of(new Path("hdfs://no-such-host.invalid/m"), new Configuration()))
        .isInstanceOf(IOException.class)
        .hasMessage("no such host: no-such-host.invalid");
  }

  @Test
  void onlyTheFirstLineIsTold() {
    IOException failure = new IOException("/a/ck: is in safe mode\nIt was turned on manually.");
    assertThat(Storage.reason(failure, new Path("/a/ck"))).isEqualTo("is in safe mode");
    assertThat(Storage.reason(new IOException(), new Path("/a/ck"))).isEqualTo("IOException");
  }
}
