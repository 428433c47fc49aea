package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.ProjectHome;
import dev.onehot.failure.SettingNames;
import dev.onehot.report.Display;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OptionNamesTest {

  private static final Pattern MARKED = Pattern.compile("⟨([a-z0-9-]+)⟩");

  private static final OptionNames NAMES =
      new OptionNames(CommandLineApplication.commandLine(System.out, System.err, Display.log()));

  @Test
  void everySettingThatAMessageSpeaksOfIsAnOption() throws IOException {
    Set<String> settings = new TreeSet<>();
    try (Stream<Path> sources = Files.walk(ProjectHome.resolve("src/main/java"))) {
      for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
        Matcher marked = MARKED.matcher(Files.readString(source));
        while (marked.find()) {
          settings.add(marked.group(1));
        }
      }
    }
    assertThat(settings).contains("learning-rate", "out", "checkpoint-every");
    assertThat(settings)
        .allSatisfy(name -> assertThat(NAMES.in(SettingNames.mark(name))).isEqualTo("--" + name));
  }

  @Test
  void bracketsInTheNameOfAFileAreNoMarks() {
    String message = SettingNames.format("⟨out⟩ %s: exists", "/tmp/⟨data⟩");
    assertThat(NAMES.in(message)).isEqualTo("--out /tmp/⟨data⟩: exists");
    assertThat(SettingNames.plain(message)).isEqualTo("out /tmp/⟨data⟩: exists");
  }

  @Test
  void factsThatAreNoOptionsKeepTheirNames() {
    assertThat(NAMES.in(SettingNames.format("⟨seed⟩ 7 and ⟨training rows⟩ 500")))
        .isEqualTo("--seed 7 and training rows 500");
  }
}
