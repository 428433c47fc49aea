package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.job.ProcessVerdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A command without checkpoints that a signal ends. {@link CheckpointIT} has those with them. */
class SignalIT {

  @TempDir private Path folder;
  @TempDir private Path elsewhere;

  @ParameterizedTest
  @CsvSource({
    "iteration 0/, train --train-rows=2000 --iterations=100000",
    "writing, generate --rows=50000000",
  })
  void endsInOneLineAndLeavesNothing(String sight, String command) throws Exception {
    Path err = Files.createTempFile("signal", ".err");
    List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
    arguments.add("--out=" + folder.resolve("out"));
    Path verdict = elsewhere.resolve("verdict.json");
    arguments.add("--verdict=" + verdict);
    try (TrainingProcess process = new TrainingProcess(err, arguments)) {
      process.await(sight, () -> process.err().contains(sight));
      process.signal("TERM");

      assertThat(process.exitCode()).isEqualTo(143);
      List<String> lines = process.err().lines().toList();
      assertThat(lines.get(lines.size() - 1))
          .isEqualTo("onehot: ended by a signal; nothing was published");
      assertThat(lines).noneMatch(line -> line.contains("Exception") || line.contains("ERROR"));
      assertThat(folder).isEmptyDirectory();
      ProcessVerdict left = ProcessVerdict.parse(Files.readString(verdict));
      assertThat(left.exitCode()).isEqualTo(143);
      assertThat(left.message()).isEqualTo("ended by a signal; nothing was published");
    } finally {
      Files.delete(err);
    }
  }
}
