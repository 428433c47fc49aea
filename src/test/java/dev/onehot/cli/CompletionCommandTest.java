package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script in a real bash. */
class CompletionCommandTest {

  /** Does what bash does at Tab: finds the function of the program, calls it, takes its answers. */
  private static final String TAB =
      """
      . "$1"
      shift
      COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE}
      specification=$(complete -p "${1##*/}") || exit
      [[ $specification =~ -F\\ ([^ ]+) ]]
      compopt() { :; }
      "${BASH_REMATCH[1]}" "$1" "${@: -1}" "${@: -2:1}"
      printf '%s\\n' "${COMPREPLY[@]}"
      """;

  @TempDir Path folder;
  private Path script;

  @BeforeEach
  void printScript() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no /bin/bash");
    CommandRun run = CommandRun.of("completion");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    script = Files.writeString(folder.resolve("completion"), run.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"submit.sh", "./submit.sh", "/srv/one hot/submit.sh"})
  void commandsAreCompletedWhateverThePathOfTheProgram(String program) throws Exception {
    assertThat(tab(program, "gen")).containsExactly("generate");
    assertThat(tab(program, "")).contains("train", "fetch-mnist", "completion");
  }

  @Test
  void optionsAreCompleted() throws Exception {
    assertThat(tab("./submit.sh", "train", "--iter")).containsExactly("--iterations");
    assertThat(tab("./submit.sh", "train", "--seed", "3", "--check"))
        .containsExactly("--checkpoint-dir", "--checkpoint-every");
    assertThat(tab("./submit.sh", "train", "--no"))
        .containsExactlyInAnyOrder("--no-bias", "--no-zero-based");
    assertThat(tab("./submit.sh", "generate", "--iter")).containsExactly("");
  }

  @Test
  void valuesAreCompletedAsTheyAreWritten() throws Exception {
    assertThat(tab("./submit.sh", "train", "--optimizer", ""))
        .containsExactly("gd", "nesterov", "adam");
    assertThat(tab("./submit.sh", "train", "--activation", "s")).containsExactly("sigmoid");
  }

  @Test
  void pathsAreCompleted() throws Exception {
    Files.createDirectory(folder.resolve("digits"));
    for (String option : List.of("--data", "--out", "--config")) {
      assertThat(tab("./submit.sh", "train", option, "dig")).containsExactly("digits");
    }
  }

  @Test
  void noOtherProgramIsCompleted() throws Exception {
    for (String other : List.of("submit", "onehot")) {
      assertThat(tab(other, ""))
          .containsExactly("bash: line 4: complete: " + other + ": no completion specification");
    }
  }

  private List<String> tab(String... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("/bin/bash", "-c", TAB, "bash", script.toString()));
    Collections.addAll(command, words);
    Process bash =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    bash.waitFor();
    return out.lines().toList();
  }
}
