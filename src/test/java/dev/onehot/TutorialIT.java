package dev.onehot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the tutorial, one after another, as they stand there. */
class TutorialIT {

  private static final String PORT = "8642";

  @TempDir private Path folder;

  @Test
  void allTenCommandsWork() throws Exception {
    for (String name : List.of("submit.sh", "target", "src", "conf", "pom.xml")) {
      Files.createSymbolicLink(folder.resolve(name), ProjectHome.resolve(name));
    }
    List<String> commands =
        Files.readAllLines(ProjectHome.resolve("src/site/markdown/tutorial.md")).stream()
            .filter(line -> line.startsWith("    "))
            .map(String::strip)
            .toList();
    assertThat(commands).hasSize(10);
    String port = freePort();
    Process service = null;
    try {
      for (String command : commands) {
        String own = command.replace(PORT, port);
        if (own.endsWith("&")) {
          // Ends by itself, whatever becomes of this test.
          service = start("exec timeout 300 " + own.substring(0, own.length() - 1));
          waitFor(service, "serving models/second at http://127.0.0.1:" + port);
        } else {
          check(own, run(own));
        }
      }
    } finally {
      if (service != null) {
        service.destroy();
        service.waitFor(1, TimeUnit.MINUTES);
      }
    }
  }

  /** What a reader is promised to see. */
  private void check(String command, String printed) throws IOException {
    if (command.contains(" train ")) {
      assertThat(printed).contains("test accuracy   0.");
      assertThat(folder.resolve("models/first/report.html")).isNotEmptyFile();
    } else if (command.contains("--against")) {
      assertThat(printed).contains("McNemar's test");
    } else if (command.contains(" evaluate ")) {
      assertThat(printed).contains("weighted average");
      assertThat(folder.resolve("evaluations/first/report.html")).isNotEmptyFile();
    } else if (command.contains(" reproduce ")) {
      assertThat(printed).contains("yes, the same bits");
    } else if (command.startsWith("head")) {
      assertThat(printed).startsWith("row,label,probability,actual");
    } else if (command.contains("curl")) {
      String[] first =
          Files.readAllLines(folder.resolve("predictions/part-00000.csv")).get(1).split(",");
      assertThat(printed)
          .startsWith(
              "{\"label\":\"" + first[1] + "\",\"probability\":" + first[2].substring(0, 6));
    }
  }

  private String run(String command) throws IOException, InterruptedException {
    Process process = start(command);
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s%n%s", command, printed).isZero();
    return printed;
  }

  private Process start(String command) throws IOException {
    Path errors = folder.resolve("errors.log");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
    String java = Path.of(System.getProperty("java.home"), "bin").toString();
    builder.environment().put("PATH", java + ":" + System.getenv("PATH"));
    return builder.start();
  }

  private static void waitFor(Process service, String line) throws IOException {
    assertThat(service.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo(line);
  }

  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(socket.getLocalPort());
    }
  }
}
