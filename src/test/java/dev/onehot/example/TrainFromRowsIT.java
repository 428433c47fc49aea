package dev.onehot.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.ProjectHome;
import dev.onehot.model.SoftmaxModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Spark program of one's own trains with the jar, of which it needs no command line. */
class TrainFromRowsIT {

  /** Classes of tests that lie in the program's own package, and no others. */
  private static final String PROGRAM = "dev/onehot/example";

  @Test
  void aProgramTrainsOnItsOwnRowsWithoutTheCommandLine(@TempDir Path folder) throws Exception {
    Path jar = folder.resolve("without-cli.jar");
    copyWithoutCommandLine(ProjectHome.resolve("target/onehot.jar"), jar);
    Path model = folder.resolve("model");
    Path program = folder.resolve("program");
    FileUtils.copyDirectory(
        ProjectHome.resolve("target/test-classes").resolve(PROGRAM).toFile(),
        program.resolve(PROGRAM).toFile());

    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--add-"))
        .forEach(command::add);
    command.addAll(List.of("-Dspark.master=local[2]", "-Dspark.ui.enabled=false"));
    String spark = ProjectHome.resolve("target/spark") + "/jars/*";
    command.addAll(List.of("-cp", program + ":" + jar + ":" + spark));
    command.addAll(List.of(TrainFromRows.class.getName(), model.toString()));
    Path err = folder.resolve("err");
    Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(Files.readString(err)).isZero();
    assertThat(out).isEqualTo("1.0" + System.lineSeparator());
    SoftmaxModel trained = SoftmaxModel.load(model);
    assertThat(trained.predict(new double[] {0, 0, 200, 0, 0, 0, 0, 0})).isEqualTo(2);
    assertThat(model.resolve("run.json")).exists();
  }

  private static void copyWithoutCommandLine(Path jar, Path copy) throws IOException {
    int left = 0;
    try (InputStream file = Files.newInputStream(jar);
        ZipInputStream in = new ZipInputStream(file);
        OutputStream to = Files.newOutputStream(copy);
        ZipOutputStream out = new ZipOutputStream(to)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        String name = entry.getName();
        if (name.startsWith("dev/onehot/cli/") || name.contains("picocli")) {
          left++;
          continue;
        }
        out.putNextEntry(new ZipEntry(name));
        in.transferTo(out);
        out.closeEntry();
      }
    }
    assertThat(left).isPositive();
  }
}
