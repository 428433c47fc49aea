package dev.onehot.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.onehot.Golden;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class LegacyNumpyRandomTest {

  @Test
  void initialWeightsAreNumpysToOneUnitInTheLastPlace() throws IOException {
    double[] golden = Golden.array("W1_init.npy");
    LegacyNumpyRandom random = new LegacyNumpyRandom(1024);
    assertThat(golden).hasSize(784 * 10);
    for (double expected : golden) {
      double actual = 0.001 * random.nextGaussian();
      // Not within(): it compares the shortest decimals, which are up to a unit further apart.
      assertThat(Math.abs(actual - expected)).isLessThanOrEqualTo(Math.ulp(expected));
    }
  }

  @Test
  void uniformDeviatesAreNumpys() {
    // np.random.seed(0); np.random.random_sample(2)
    LegacyNumpyRandom random = new LegacyNumpyRandom(0);
    assertThat(random.nextDouble()).isEqualTo(0.5488135039273248);
    assertThat(random.nextDouble()).isEqualTo(0.7151893663724195);
  }

  @Test
  void seedsNumpyWouldRefuseAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new LegacyNumpyRandom(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> new LegacyNumpyRandom(1L << 32));
  }
}
