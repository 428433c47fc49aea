package dev.onehot.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.failure.SettingNames;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

  private final Redaction redaction = new Redaction(Redaction.DEFAULT_REGEX);

  @ParameterizedTest
  @CsvSource({
    "spark.authenticate.secret, hunter2",
    "my.Password, hunter2",
    "fs.s3a.access.key, hunter2",
    "options, -Dsecret=hunter2",
    "data, prefix-TOKEN-hunter2"
  })
  void aSettingWhoseKeyOrValueSpeaksOfASecretIsHidden(String key, String value) {
    assertThat(redaction.value(key, value)).isEqualTo("*********(redacted)");
  }

  @Test
  void aRegexOfTheUsersOwnCounts() {
    assertThat(new Redaction("pin").value("pin", "1234")).isEqualTo("*********(redacted)");
    assertThat(new Redaction("pin").value("secret", "1234")).isEqualTo("1234");
  }

  @ParameterizedTest
  @CsvSource({
    "s3a://AKIA:hunter2@bucket/mnist, s3a://*********(redacted)@bucket/mnist",
    "cannot read ftp://me:hun@ter2@host/x (why), cannot read ftp://*********(redacted)@host/x (why)",
    "a://u:p@b/c d://u:p@e/f, a://*********(redacted)@b/c d://*********(redacted)@e/f",
    "https://host/x?sv=1&sig=hunter2&x=3, https://host/x?sv=1&sig=*********(redacted)&x=3"
  })
  void thePasswordOfAUriIsHiddenAndTheRestStays(String text, String visible) {
    assertThat(Redaction.uris(text)).isEqualTo(visible);
    assertThat(redaction.value("data", text)).isEqualTo(visible);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abfs://container@account.dfs.core.windows.net/mnist",
        "hdfs://namenode:8020/a@b/c:d",
        "/plain/path@12:30",
        "s3a://bucket/a?b=c"
      })
  void otherPathsStayAsTheyAre(String path) {
    assertThat(Redaction.uris(path)).isEqualTo(path);
    assertThat(redaction.value("data", path)).isEqualTo(path);
  }

  @Test
  void theConsoleAndTheSummaryShowNone() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Console console = new Console(new PrintStream(bytes, true, StandardCharsets.UTF_8), true);
    console.line("from s3a://AKIA:hunter2@bucket/mnist");
    console.live(new ProgressLine(0).field(1, "from s3a://AKIA:hunter2@bucket/mnist"));
    Console narrow =
        new Console(new PrintStream(bytes), Display.terminal(25, false), SettingNames::plain);
    narrow.live(new ProgressLine(0).field(1, "from s3a://AKIA:hunter2@bucket/mnist"));

    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("@bucket").doesNotContain("hunt");
    assertThat(new Summary().add("model", "%s", "s3a://AKIA:hunter2@bucket/m").toString())
        .contains("@bucket")
        .doesNotContain("hunter2");
  }
}
