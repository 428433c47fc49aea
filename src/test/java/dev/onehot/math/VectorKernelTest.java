package dev.onehot.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vector kernel = scalar kernel, to the bit. */
class VectorKernelTest {

  private static final int DATA_SETS = 60;

  @Test
  void everythingSummedIsTheScalarKernelsToTheBit() {
    assumeTrue(
        BlockKernel.description().startsWith("SIMD"),
        "skipped: this JVM's kernel is " + BlockKernel.description());
    for (int trial = 0; trial < 150; trial++) {
      byte[] scalar =
          KernelDigest.bytes(KernelDigest.sum(ScalarBlockKernel::new, new SplittableRandom(trial)));
      byte[] vector =
          KernelDigest.bytes(KernelDigest.sum(BlockKernel::of, new SplittableRandom(trial)));
      assertThat(vector).as("trial " + trial).isEqualTo(scalar);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 32, 64})
  void theWidthOfAVectorDoesNotMatter(int bytes) throws Exception {
    List<String> printed =
        run("--add-modules", "jdk.incubator.vector", "-XX:MaxVectorSize=" + bytes);
    assertThat(printed).contains(KernelDigest.of(ScalarBlockKernel::new, DATA_SETS));
    assertThat(printed.toString()).contains("SIMD float32");
  }

  @Test
  void theAbsenceOfTheVectorModuleDoesNotMatter() throws Exception {
    assertThat(run())
        .containsExactly(
            "scalar float32 (without --add-modules jdk.incubator.vector)",
            KernelDigest.of(ScalarBlockKernel::new, DATA_SETS));
  }

  @Test
  void theVectorKernelCanBeKeptOff() throws Exception {
    assertThat(run("--add-modules", "jdk.incubator.vector", "-Donehot.kernel=scalar"))
        .containsExactly(
            "scalar float32 (-Donehot.kernel=scalar)",
            KernelDigest.of(ScalarBlockKernel::new, DATA_SETS));
  }

  private static List<String> run(String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), KernelDigest.class.getName()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output.lines().toList();
  }
}
