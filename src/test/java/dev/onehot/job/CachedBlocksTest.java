package dev.onehot.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.failure.SettingNames;
import org.junit.jupiter.api.Test;

class CachedBlocksTest {

  @Test
  void onlyBytesOnDiskAreSpilled() {
    assertThat(new CachedBlocks(10, 0).spilled()).isFalse();
    assertThat(new CachedBlocks(10, 1).spilled()).isTrue();
    assertThat(new CachedBlocks(10, 1).bytes()).isEqualTo(11);
  }

  @Test
  void theWarningSaysHowMuchIsOnDiskAndWhichMemoryWouldHelp() {
    CachedBlocks cached = new CachedBlocks(700_000_000, 1_900_000_000);
    assertThat(cached.spillWarning("training rows", true))
        .contains(
            "1900.0 of 2600.0 MB of the training rows are on disk",
            "more " + SettingNames.mark("driver-memory"));
    assertThat(cached.spillWarning("training rows", false))
        .contains("more " + SettingNames.mark("executor-memory"));
  }
}
