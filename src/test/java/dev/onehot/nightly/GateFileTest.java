package dev.onehot.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.registry.TempRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateFileTest {

  private static final GateFile WHOLE =
      new GateFile(
          GateFile.FORMAT,
          Nights.promoted(),
          3,
          10_000,
          9_263,
          List.of(new Criterion("dead classes", "none", "none", null, null)));

  @TempDir private Path folder;
  private TempRegistry registry;

  @BeforeEach
  void open() throws IOException {
    registry = TempRegistry.in(folder).with(7);
  }

  @Test
  void itIsItselfAgain() throws IOException {
    assertThat(read(WHOLE.json())).contains(WHOLE);
  }

  @Test
  void aDamagedOneIsNone() throws IOException {
    String json = WHOLE.json();
    for (String damage :
        List.of(
            "",
            json.substring(0, 200),
            json.replace("\"name\": \"dead classes\"", "\"name\": null"),
            json.replace("\"criteria\": [", "\"criteria\": [null,"),
            json.replace("\"message\"", "\"massage\""),
            json.replace("\"runDate\"", "\"date\""))) {
      assertThat(damage).isNotEqualTo(json);
      assertThat(read(damage)).as(damage).isEmpty();
    }
  }

  private Optional<GateFile> read(String text) throws IOException {
    Files.writeString(registry.version(7).resolve(GateFile.NAME), text);
    return GateFile.of(registry.registry(), 7, new Configuration());
  }
}
