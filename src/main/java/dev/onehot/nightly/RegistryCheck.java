package dev.onehot.nightly;

import dev.onehot.job.ModelCheck;
import dev.onehot.registry.Promotion;
import dev.onehot.registry.Registry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/**
 * Compares all versions of a registry with the SHA-256 taken when they were written, and looks
 * whether the files that name the champions can be read.
 *
 * @param files how many files were looked at
 * @param findings what is not as it was written; empty if all is
 */
public record RegistryCheck(int files, List<ModelCheck.Finding> findings) {

  /** Checks a registry. */
  public static RegistryCheck of(Registry registry, Configuration hadoop) throws IOException {
    int files = 0;
    List<ModelCheck.Finding> findings = new ArrayList<>();
    for (int version : registry.versions()) {
      ModelCheck check = ModelCheck.of(registry.version(version), hadoop);
      files += check.files();
      for (ModelCheck.Finding finding : check.findings()) {
        findings.add(
            new ModelCheck.Finding(
                String.format(
                    Locale.ROOT,
                    "versions/%s/%s",
                    registry.version(version).getName(),
                    finding.file()),
                finding.kind()));
      }
    }
    List<Integer> numbers = registry.champions().numbers();
    Set<Integer> valid =
        registry.champions().all().stream()
            .map(Promotion::number)
            .collect(Collectors.toCollection(HashSet::new));
    for (int number : numbers) {
      if (!valid.contains(number)) {
        findings.add(
            new ModelCheck.Finding(
                String.format(Locale.ROOT, "champion/%06d.json", number), ModelCheck.Kind.CHANGED));
      }
    }
    return new RegistryCheck(files + numbers.size(), findings);
  }
}
