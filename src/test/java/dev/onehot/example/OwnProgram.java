package dev.onehot.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.ProjectHome;
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

/**
 * Runs a program of this package in a process of its own, as its author would: with Spark and the
 * jar, of which it needs no command line.
 *
 * @param folder for what it needs; must exist
 * @param master Spark's
 */
record OwnProgram(Path folder, String master) {

  /** Classes of tests that lie in the program's own package, and no others. */
  private static final String PROGRAM = "dev/onehot/example";

  /** Runs the program. Returns what it printed. */
  String run(Class<?> program, String... arguments) throws Exception {
    Path jar = folder.resolve("without-cli.jar");
    copyWithoutCommandLine(ProjectHome.resolve("target/onehot.jar"), jar);
    Path classes = folder.resolve("program");
    FileUtils.copyDirectory(
        ProjectHome.resolve("target/test-classes").resolve(PROGRAM).toFile(),
        classes.resolve(PROGRAM).toFile());

    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--add-"))
        .forEach(command::add);
    command.add("-Dspark.master=" + master);
    command.add("-Dspark.ui.enabled=false");
    command.add("-Dspark.executor.extraClassPath=" + classes + ":" + jar);
    String spark = ProjectHome.resolve("target/spark") + "/jars/*";
    command.addAll(List.of("-cp", classes + ":" + jar + ":" + spark));
    command.add(program.getName());
    command.addAll(List.of(arguments));
    Path err = folder.resolve("err");
    // Executors that are processes leave their folders here.
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(Files.readString(err)).isZero();
    return out;
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
