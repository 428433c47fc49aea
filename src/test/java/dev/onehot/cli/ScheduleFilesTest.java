package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import dev.onehot.ProjectHome;
import dev.onehot.report.Console;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import picocli.CommandLine;

/** The files of conf/schedule, beside what the page about the nightly job says of them. */
class ScheduleFilesTest {

  private static final Path FOLDER = ProjectHome.resolve("conf/schedule");

  /** A row of the page's first table: an exit code, and whether it is tried again. */
  private static final Pattern EXIT_CODE = Pattern.compile("(?m)^\\| (\\d+) \\| (yes|no) \\|");

  @Test
  void everySchedulerTriesTheSameExitCodesAgain() throws IOException {
    assertThat(exitCodes("no")).containsExactly(0, 2, 3, 4);
    assertThat(exitCodes("yes")).containsExactly(1, 75);
    List<Integer> failures = exitCodes("no").stream().filter(code -> code != 0).toList();

    assertThat(numbers("RestartPreventExitStatus=(.*)", text("onehot-nightly.service")))
        .isEqualTo(failures);
    assertThat(numbers("FINAL_EXIT_CODES = \\[(.*)]", text("onehot_nightly_airflow.py")))
        .isEqualTo(failures);
    assertThat(numbers("case \\$\\? in ([\\d|]+)\\) ;;", text("crontab")))
        .isEqualTo(exitCodes("yes"));
    PodFailurePolicyRule rule = job().getPodFailurePolicy().getRules().get(0);
    assertThat(rule.getAction()).isEqualTo("FailJob");
    assertThat(rule.getOnExitCodes().getOperator()).isEqualTo("In");
    assertThat(rule.getOnExitCodes().getValues()).isEqualTo(failures);
    assertThat(rule.getOnExitCodes().getContainerName()).isEqualTo(container().getName());
  }

  @Test
  void everySchedulerStartsTheSameJob() throws IOException {
    List<List<String>> commands =
        Stream.of("crontab", "onehot-nightly.service", "onehot_nightly_airflow.py")
            .map(ScheduleFilesTest::nightly)
            .toList();
    assertThat(commands)
        .allSatisfy(
            words ->
                assertThat(words)
                    .containsSequence("--config", "conf/nightly.properties")
                    .containsSequence("--max-minutes", "300"));
    assertThat(container().getArgs())
        .isEqualTo(application().get("arguments"))
        .startsWith("nightly", "--registry");
  }

  @Test
  void nightlyHasEveryOptionThatASchedulerGivesIt() throws IOException {
    Set<String> options =
        new CommandLine(
                new NightlyCommand(new CommandOutput(System.out, new Console(System.err, false))))
            .getCommandSpec()
            .optionsMap()
            .keySet();
    Stream<String> hosts =
        Stream.of("crontab", "onehot-nightly.service", "onehot_nightly_airflow.py")
            .flatMap(file -> nightly(file).stream());
    assertThat(Stream.concat(hosts, container().getArgs().stream()))
        .filteredOn(word -> word.startsWith("--"))
        .contains("--quiet", "--run-date", "--wait-for-data")
        .isSubsetOf(options);
  }

  @Test
  void kubernetesKnowsEveryFieldOfTheCronJob() throws IOException {
    List<Object> documents = documents("cronjob.yaml");
    assertThat(documents).hasSize(2);
    PersistentVolumeClaim claim =
        strict().convertValue(documents.get(0), PersistentVolumeClaim.class);
    CronJob nightly = cronJob();

    assertThat(nightly.getSpec().getConcurrencyPolicy()).isEqualTo("Forbid");
    assertThat(nightly.getSpec().getTimeZone()).isEqualTo("Etc/UTC");
    assertThat(nightly.getSpec().getStartingDeadlineSeconds()).isPositive();
    assertThat(job().getActiveDeadlineSeconds()).isGreaterThan(300 * 60);
    assertThat(job().getBackoffLimit()).isPositive();
    assertThat(job().getTemplate().getSpec().getRestartPolicy()).isEqualTo("Never");
    assertThat(job().getTemplate().getSpec().getVolumes())
        .filteredOn(volume -> volume.getPersistentVolumeClaim() != null)
        .extracting(volume -> volume.getPersistentVolumeClaim().getClaimName())
        .containsExactly(claim.getMetadata().getName());
    assertThat(container().getVolumeMounts())
        .extracting(mount -> mount.getName())
        .containsExactlyElementsOf(
            job().getTemplate().getSpec().getVolumes().stream().map(Volume::getName).toList());
  }

  @Test
  void theSparkOperatorStartsOneRunAtATimeAndTriesItAgain() throws IOException {
    Map<?, ?> schedule = (Map<?, ?>) documents("scheduledsparkapplication.yaml").get(0);
    assertThat(schedule.get("apiVersion")).isEqualTo("sparkoperator.k8s.io/v1beta2");
    assertThat(schedule.get("kind")).isEqualTo("ScheduledSparkApplication");
    assertThat(((Map<?, ?>) schedule.get("spec")).get("concurrencyPolicy")).isEqualTo("Forbid");
    Map<?, ?> application = application();
    assertThat(application.get("mainClass")).isEqualTo("dev.onehot.Onehot");
    assertThat(((Map<?, ?>) application.get("restartPolicy")).get("type")).isEqualTo("OnFailure");
    assertThat((List<?>) application.get("arguments")).allMatch(String.class::isInstance);
  }

  @Test
  void theServiceIsEndedAfterTheJobShouldHaveEndedItself() throws IOException {
    Map<String, String> service = settings("onehot-nightly.service");
    assertThat(service)
        .containsEntry("Type", "oneshot")
        .containsEntry("Restart", "on-failure")
        .containsEntry("KillSignal", "SIGTERM")
        .containsEntry("UMask", "0022")
        .containsEntry("TimeoutStartSec", "330min");
    assertThat(settings("onehot-nightly.timer"))
        .containsEntry("Persistent", "true")
        .containsEntry("OnCalendar", "*-*-* 02:15:00 UTC");
  }

  @Test
  void everyFileSaysWhatToChange() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      assertThat(all).hasSize(6);
      for (Path file : all) {
        assertThat(Files.readString(file)).as("%s", file).contains("Change: ");
      }
    }
  }

  private static List<Integer> exitCodes(String triedAgain) throws IOException {
    String page = Files.readString(ProjectHome.resolve("src/site/markdown/nightly.md"));
    return EXIT_CODE
        .matcher(page)
        .results()
        .filter(row -> row.group(2).equals(triedAgain))
        .map(row -> Integer.valueOf(row.group(1)))
        .toList();
  }

  private static List<Integer> numbers(String pattern, String text) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    assertThat(found.find()).as(pattern).isTrue();
    return Arrays.stream(found.group(1).split("[^0-9]+")).map(Integer::valueOf).toList();
  }

  /** The words of a file's command after submit.sh. */
  private static List<String> nightly(String file) {
    try {
      // Python's text goes on in the next line.
      String text = text(file).replaceAll("\"\\s+\"", "");
      Matcher command = Pattern.compile("(?m)/submit\\.sh (nightly --[^>\"\\n]*)").matcher(text);
      List<String> commands =
          command
              .results()
              .map(MatchResult::group)
              .filter(found -> !found.contains("--help"))
              .toList();
      assertThat(commands).as(file).hasSize(1);
      return List.of(commands.get(0).strip().split(" +"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, String> settings(String file) throws IOException {
    return text(file)
        .lines()
        .filter(line -> !line.startsWith("#") && line.contains("="))
        .collect(
            Collectors.toMap(
                line -> line.substring(0, line.indexOf('=')),
                line -> line.substring(line.indexOf('=') + 1),
                (first, second) -> second,
                LinkedHashMap::new));
  }

  private static JobSpec job() throws IOException {
    return cronJob().getSpec().getJobTemplate().getSpec();
  }

  private static Container container() throws IOException {
    return job().getTemplate().getSpec().getContainers().get(0);
  }

  private static CronJob cronJob() throws IOException {
    return strict().convertValue(documents("cronjob.yaml").get(1), CronJob.class);
  }

  private static Map<?, ?> application() throws IOException {
    Map<?, ?> schedule = (Map<?, ?>) documents("scheduledsparkapplication.yaml").get(0);
    return (Map<?, ?>) ((Map<?, ?>) schedule.get("spec")).get("template");
  }

  /** Refuses fields that Kubernetes does not know; the model's classes would keep them. */
  private static ObjectMapper strict() {
    return new ObjectMapper()
        .setAnnotationIntrospector(
            new JacksonAnnotationIntrospector() {
              private static final long serialVersionUID = 1L;

              @Override
              public Boolean hasAnySetter(Annotated annotated) {
                return false;
              }
            });
  }

  private static List<Object> documents(String file) throws IOException {
    List<Object> documents = new ArrayList<>();
    new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text(file)).forEach(documents::add);
    return documents;
  }

  private static String text(String file) throws IOException {
    return Files.readString(FOLDER.resolve(file));
  }
}
