package dev.onehot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.math.Activation;
import dev.onehot.model.SoftmaxModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar on its own: what a user gets who has neither Spark nor Hadoop. */
class PlainJavaIT {

  /** The pom that is installed with it. */
  private static final Path POM = ProjectHome.resolve("target/dependency-reduced-pom.xml");

  private static final Path JAR = ProjectHome.resolve("target/onehot.jar");

  @Test
  void aModelLoadsPredictsAndIsSavedWithTheJarAlone(@TempDir Path folder)
      throws IOException, InterruptedException {
    SoftmaxModel model =
        new SoftmaxModel(new double[] {1, 2, 3, 0}, null, Activation.RELU, 1, List.of("no", "yes"));
    model.save(folder);
    Path program = folder.resolve("Predict.java");
    Files.writeString(
        program,
        """
        class Predict {
          public static void main(String[] args) throws Exception {
            var folder = java.nio.file.Path.of(args[0]);
            var model = dev.onehot.model.SoftmaxModel.load(folder);
            model.save(java.nio.file.Files.createDirectory(folder.resolve("again")));
            var onnx = java.nio.file.Files.readAllBytes(folder.resolve("model.onnx"));
            var scores = dev.onehot.model.OnnxModel.read(onnx).score(new float[] {5, 1});
            if (scores.labels()[0] != model.predict(new double[] {5, 1})) {
              throw new AssertionError("model.onnx gives another label");
            }
            System.out.println(model.classNames().get(model.predict(new double[] {5, 1})));
          }
        }
        """);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                JAR.toString(),
                program.toString(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    assertThat(printed).isEqualTo("yes" + System.lineSeparator());
    assertThat(folder.resolve("again/model.onnx"))
        .hasSameBinaryContentAs(folder.resolve("model.onnx"));
  }

  @Test
  void theJarIsThin() throws IOException {
    assertThat(Files.size(JAR)).isLessThan(2_700_000);
    try (ZipFile jar = new ZipFile(JAR.toFile())) {
      assertThat(jar.stream().map(entry -> entry.getName()).filter(name -> name.endsWith(".class")))
          .isNotEmpty()
          .allMatch(name -> name.startsWith("dev/onehot/"));
    }
  }

  /** A build that depends on the jar gets what its pom names, and each is in the jar already. */
  @Test
  void whatIsInTheJarIsNoDependencyOfItsUsers() throws IOException {
    Document pom = Jsoup.parse(Files.readString(POM), "", Parser.xmlParser());
    Elements dependencies = pom.select("project > dependencies > dependency");
    assertThat(dependencies).hasSizeGreaterThan(5);
    assertThat(dependencies.select("> scope").eachText())
        .hasSameSizeAs(dependencies)
        .containsOnly("provided", "test");
  }
}
