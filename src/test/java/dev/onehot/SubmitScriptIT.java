package dev.onehot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** submit.sh in a project of its own, with a spark-submit that says how it was called. */
class SubmitScriptIT {

  @TempDir Path temporary;

  private final ProcessBuilder builder = new ProcessBuilder();
  private Path project;
  private Path jar;

  private record Outcome(int exitCode, List<String> out, List<String> err) {}

  @BeforeEach
  void layOutProject() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no /bin/bash");
    project = Files.createDirectories(temporary.resolve("a project")).toRealPath();
    Path home = Path.of(System.getProperty("onehot.home", ""));
    Files.copy(home.resolve("submit.sh"), project.resolve("submit.sh"));
    Files.createDirectories(project.resolve("src/main"));
    Files.createDirectories(project.resolve("target"));
    Files.createDirectories(project.resolve("conf"));
    Files.writeString(project.resolve("pom.xml"), "");
    Files.writeString(project.resolve("conf/onehot.properties"), "");
    Files.writeString(
        project.resolve("conf/spark.conf"), "# why\nspark.a  one two \n\nspark.b=3\n");
    jar = Files.writeString(project.resolve("target/onehot.jar"), "");
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
    executable(
        temporary.resolve("spark/bin/spark-submit"),
        "printf '%s\\n' \"$PWD\" \"$SPARK_SUBMIT_OPTS\" \"$@\"; exit 75");
    Map<String, String> environment = builder.environment();
    environment.put("SPARK_HOME", temporary.resolve("spark").toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.remove("SPARK_SUBMIT_OPTS");
    builder.directory(temporary.toFile());
  }

  @Test
  void theUserHasTheLastWordOnSparkAndTheExitCodeComesThrough() throws Exception {
    Outcome outcome = submit("train", "--out", "a b", "--", "--conf", "spark.a=mine");

    assertThat(outcome.out.subList(2, outcome.out.size()))
        .containsExactly(
            "--class",
            "dev.onehot.Onehot",
            "--name",
            "onehot train",
            "--conf",
            "spark.a=one two",
            "--conf",
            "spark.b=3",
            "--conf",
            "spark.a=mine",
            url(jar),
            "train",
            "--config",
            "file://" + project + "/conf/onehot.properties",
            "--out",
            "a b");
    assertThat(outcome.exitCode).isEqualTo(75);
    assertThat(outcome.err).isEmpty();
  }

  @Test
  void theUsersOwnConfigIsTheOnlyOne() throws Exception {
    assertThat(programArguments("train", "--config", "x"))
        .containsExactly("train", "--config", "x");
    assertThat(programArguments("generate", "--config=x"))
        .containsExactly("generate", "--config=x");
    assertThat(programArguments("fetch-mnist")).containsExactly("fetch-mnist");
  }

  @Test
  void aDriverInTheClusterIsNotToldOfAFileItCannotRead() throws Exception {
    assertThat(programArguments("train", "--", "--deploy-mode", "cluster"))
        .containsExactly("train");
    assertThat(programArguments("train", "--", "--conf", "spark.submit.deployMode=cluster"))
        .containsExactly("train");
    assertThat(programArguments("train", "--", "--deploy-mode", "client")).hasSize(3);
  }

  /** What a shell would take apart, or run. */
  private static final List<String> HOSTILE =
      List.of(
          "$(touch pwned)",
          "`touch pwned`",
          "; touch pwned",
          "a' 'b\" \"c",
          "x & touch pwned | touch pwned > pwned",
          "two\nlines; touch pwned",
          "*",
          "\\ ${HOME} !! %s ~",
          "");

  @Test
  void valuesArriveAsTheyAreAndNothingInThemIsRun() throws Exception {
    recordArguments();
    for (String value : HOSTILE) {
      Files.writeString(
          project.resolve("conf/spark.conf"), "spark.a x" + value.replace('\n', ' ') + "x\n");

      assertThat(
              submit("train", "--data", value, "--out=" + value, "--", "--conf", "b=" + value).err)
          .isEmpty();

      assertThat(recordedArguments())
          .containsSequence("--conf", "spark.a=x" + value.replace('\n', ' ') + "x")
          .containsSequence("--conf", "b=" + value, url(jar), "train")
          .containsSequence("--data", value, "--out=" + value);
      assertNothingWasRun();
    }
  }

  @Test
  void aProjectMayLieInAFolderOfAnyName() throws Exception {
    recordArguments();
    for (String name : HOSTILE.subList(0, HOSTILE.size() - 1)) {
      Path home = Files.createDirectory(temporary.resolve("x" + name.replace('/', ' ')));
      project = Files.move(project, home.resolve("project"));
      jar = project.resolve("target/onehot.jar");

      assertThat(submit("train").err).isEmpty();

      assertThat(recordedArguments())
          .endsWith(url(jar), "train", "--config", "file://" + project + "/conf/onehot.properties");
      assertNothingWasRun();
    }
  }

  /** The real Spark, from the jars that Maven resolved, and its launcher. */
  @Test
  void theBundledSparkRunsFromAFolderOfAnyNameWithItsArchiveOfClasses() throws Exception {
    Path home = Path.of(System.getProperty("onehot.home", "")).toAbsolutePath();
    Path odd =
        Files.createDirectory(temporary.resolve("a \"b\" 'c' \\ $(touch pwned) ${x};`y` é#%20"));
    project = Files.move(project, odd.resolve("project"));
    Path spark = Files.createDirectories(project.resolve("target/spark"));
    Path jars = Files.createSymbolicLink(spark.resolve("jars"), home.resolve("target/spark/jars"));
    jar = project.resolve("target/onehot.jar");
    Files.copy(home.resolve("target/onehot.jar"), jar, StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
    Files.copy(home.resolve("conf/log4j2.properties"), project.resolve("conf/log4j2.properties"));
    Files.writeString(project.resolve("conf/spark.conf"), "");
    builder.environment().remove("SPARK_HOME");
    builder.environment().put("PATH", "/usr/bin:/bin");
    // Both runs are short: compiled code of the first tier will do.
    builder.environment().put("SPARK_SUBMIT_OPTS", "-XX:TieredStopAtLevel=1");

    // Paths without a scheme would be on a file system that does not answer.
    Path hadoop = Files.createDirectory(temporary.resolve("hadoop"));
    Files.writeString(
        hadoop.resolve("core-site.xml"),
        "<configuration><property><name>fs.defaultFS</name><value>hdfs://127.0.0.1:1</value>"
            + "</property></configuration>");
    builder.environment().put("HADOOP_CONF_DIR", hadoop.toString());
    // As in cron. Java would take names to be ASCII.
    builder.environment().put("LC_ALL", "C");

    String out = "file://" + odd.resolve("modèle");
    Outcome outcome =
        submit(
            "train",
            "--train-rows=256",
            "--iterations=1",
            "--out",
            out,
            "--",
            "--conf",
            "spark.ui.enabled=false");

    Files.delete(jars); // JUnit would warn of it.

    assertThat(outcome.exitCode).as(String.join("\n", outcome.err)).isZero();
    assertThat(odd.resolve("modèle/W1.npy")).exists();
    assertThat(outcome.err).noneMatch(line -> line.contains("INFO") || line.contains("Error"));
    try (var archives = Files.list(project.resolve("target/spark"))) {
      assertThat(archives.filter(file -> file.toString().endsWith(".jsa")))
          .singleElement()
          .satisfies(archive -> assertThat(Files.size(archive)).isGreaterThan(1 << 20));
    }
    assertNothingWasRun();
  }

  private void recordArguments() throws IOException {
    executable(
        temporary.resolve("spark/bin/spark-submit"),
        "printf '%s\\0' \"$@\" >\"${0%/*}/arguments\"");
  }

  private List<String> recordedArguments() throws IOException {
    String all = Files.readString(temporary.resolve("spark/bin/arguments"));
    List<String> words = new ArrayList<>(List.of(all.split("\0", -1)));
    words.remove(words.size() - 1);
    return words;
  }

  private void assertNothingWasRun() throws IOException {
    try (var files = Files.walk(temporary)) {
      assertThat(files.map(file -> file.getFileName().toString())).doesNotContain("pwned");
    }
  }

  @Test
  void aSymbolicLinkLeadsToTheProjectAndLeavesTheCurrentDirectory() throws Exception {
    Path elsewhere = Files.createDirectories(temporary.resolve("else where")).toRealPath();
    Files.createSymbolicLink(temporary.resolve("first"), Path.of("a project/submit.sh"));
    Path link = Files.createSymbolicLink(elsewhere.resolve("onehot"), Path.of("../first"));
    builder.directory(elsewhere.toFile());

    Outcome outcome = run(List.of(link.toString(), "fetch-mnist"));

    assertThat(outcome.out).startsWith(elsewhere.toString()).endsWith(url(jar), "fetch-mnist");
  }

  @Test
  void theProjectIsFoundWhateverCdPrints() throws Exception {
    builder.environment().put("CDPATH", temporary.toRealPath().toString());

    Outcome outcome = run(List.of("bash", "a project/submit.sh", "fetch-mnist"));

    assertThat(outcome.out).endsWith(url(jar), "fetch-mnist");
  }

  @Test
  void shRunsItToo() throws Exception {
    String script = project.resolve("submit.sh").toString();
    for (List<String> shell : List.of(List.of("sh"), List.of("bash", "--posix"))) {
      List<String> command = new ArrayList<>(shell);
      command.addAll(List.of(script, "generate", "--out", "a b"));

      Outcome outcome = run(command);

      assertThat(outcome.err).isEmpty();
      assertThat(outcome.out).endsWith(url(jar), "generate", "--out", "a b");
    }
  }

  @Test
  void aCheckoutHasNoCarriageReturns() throws Exception {
    Path home = Path.of(System.getProperty("onehot.home", "")).toAbsolutePath();
    ProjectHome.skipUnless(Files.exists(home.resolve(".git")), "this is no checkout");
    String prefix = "--prefix=" + temporary.resolve("checkout") + "/";

    Outcome outcome =
        run(
            List.of(
                "git",
                "-C",
                home.toString(),
                "-c",
                "core.autocrlf=true",
                "checkout-index",
                prefix,
                "submit.sh",
                "conf/spark.conf"));

    assertThat(outcome.exitCode).as(String.join("\n", outcome.err)).isZero();
    assertThat(temporary.resolve("checkout/submit.sh")).content().doesNotContain("\r");
    assertThat(temporary.resolve("checkout/conf/spark.conf")).content().doesNotContain("\r");
  }

  @Test
  void log4jIsToldOfItsFileUnlessTheUserNamesOne() throws Exception {
    String url = url(project.resolve("conf/log4j2.properties"));
    builder.environment().put("SPARK_SUBMIT_OPTS", "-Dmine=1");
    assertThat(submit("train").out.get(1)).startsWith("-Dmine=1 -Dlog4j2.configurationFile=" + url);

    builder.environment().put("SPARK_SUBMIT_OPTS", "-Dlog4j2.configurationFile=mine");
    assertThat(submit("train").out.get(1)).doesNotContain(url);
  }

  @Test
  void theUsagePageNeedsNeitherJavaNorSpark() throws Exception {
    builder.environment().put("JAVA_HOME", "/nonexistent");
    for (List<String> asked : List.of(List.<String>of(), List.of("--help"), List.of("help"))) {
      Outcome outcome = submit(asked.toArray(String[]::new));

      assertThat(outcome.exitCode).isZero();
      assertThat(outcome.out).anyMatch(line -> line.startsWith("Usage: ./submit.sh COMMAND"));
    }
  }

  @Test
  void aLocalMasterIsOnLoopbackUnlessTheUserNamesAnAddress() throws Exception {
    executable(
        temporary.resolve("spark/bin/spark-submit"),
        "echo \"${SPARK_LOCAL_IP-}/${SPARK_LOCAL_HOSTNAME-}\"");
    builder.environment().remove("SPARK_LOCAL_IP");
    builder.environment().remove("SPARK_LOCAL_HOSTNAME");
    String loopback = "127.0.0.1/127.0.0.1";

    for (String master : List.of("local", "local[*]", "local[2,3]")) {
      assertThat(submit("train", "--", "--master", master).out).containsExactly(loopback);
    }
    assertThat(submit("train", "--", "--master=local[2]").out).containsExactly(loopback);
    assertThat(submit("train", "--", "--conf", "spark.master=local").out).containsExactly(loopback);
    assertThat(submit("train", "--help", "--", "--master", "yarn").out).containsExactly(loopback);
    assertThat(submit("train", "--", "--master", "local", "--master", "spark://a:1").out)
        .containsExactly("/");
    assertThat(submit("train", "--", "--master", "local", "-c", "spark.driver.host=a").out)
        .containsExactly("/");
    assertThat(submit("train").out)
        .as("Spark's own settings say which master")
        .containsExactly("/");

    Path defaults = temporary.resolve("spark/conf/spark-defaults.conf");
    Files.createDirectories(defaults.getParent());
    Files.writeString(defaults, "spark.master   local[2]\n");
    assertThat(submit("train").out).containsExactly(loopback);

    Files.writeString(project.resolve("conf/spark.conf"), "spark.driver.bindAddress 0.0.0.0\n");
    assertThat(submit("train").out).containsExactly("/");
  }

  @ParameterizedTest
  @CsvSource({"'', 57", "44, 44"})
  void theProgramIsToldOfATerminalAndItsWidth(String columns, String told) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "there is no /usr/bin/script");
    executable(
        temporary.resolve("spark/bin/spark-submit"),
        "echo \"${ONEHOT_TERMINAL-}/${ONEHOT_COLUMNS-}\"");
    builder.environment().put("COLUMNS", columns);
    String submit = "'" + project.resolve("submit.sh") + "' train";

    Outcome onTerminal = run(List.of("script", "-qec", "stty cols 57; " + submit, "/dev/null"));
    assertThat(onTerminal.out.get(onTerminal.out.size() - 1)).isEqualTo("1/" + told);
    assertThat(run(List.of("script", "-qec", submit + " 2>/dev/null", "/dev/null")).out)
        .endsWith("/");
    assertThat(submit("train").out).containsExactly("/");
  }

  @Test
  void aQuietRunDoesNotSayThatItIsPrepared() throws Exception {
    launcherThatFails();

    for (String option : List.of("-q", "--quiet")) {
      assertThat(submit("train", option).err)
          .noneMatch(line -> line.contains("preparing"))
          .anyMatch(line -> line.contains("launcher failed"));
    }
  }

  @Test
  void completionAsksNoCluster() throws Exception {
    List<String> out = submit("completion", "--", "--master", "yarn").out;
    assertThat(out).containsSubsequence("--master", "local", "completion").doesNotContain("yarn");
  }

  @Test
  void theLastWordsOfALauncherThatDoesNotStartAreShown() throws Exception {
    Path calls = launcherThatFails();

    Outcome outcome = submit("train");

    assertThat(outcome.exitCode).isEqualTo(1);
    assertThat(outcome.err.get(outcome.err.size() - 1))
        .startsWith("onehot: Spark's launcher failed with exit code 3: Error in the VM Too little");
    assertThat(Files.readAllLines(calls)).noneMatch(call -> call.contains("-Xms1g"));
  }

  @Test
  void aFailedArchiveIsTriedAgainAfterAnHourWithoutTheUsersOptions() throws Exception {
    Path calls = launcherThatFails();
    builder.environment().put("SPARK_SUBMIT_OPTS", "-agentlib:mine");

    assertThat(submit("train").err).anyMatch(line -> line.contains("classes.log says why"));
    assertThat(Files.readAllLines(calls)).hasSize(2);
    assertThat(Files.readAllLines(calls).get(0))
        .contains("ArchiveClassesAtExit")
        .doesNotContain("-agentlib:mine");
    assertThat(Files.readAllLines(calls).get(1)).contains("-agentlib:mine");
    assertThat(project.resolve("target/spark/classes.log")).content().contains("Too little");

    submit("train");
    assertThat(Files.readAllLines(calls)).hasSize(3);

    try (var archives = Files.newDirectoryStream(project.resolve("target/spark"), "*.jsa")) {
      for (Path archive : archives) {
        Files.setLastModifiedTime(archive, FileTime.from(Instant.now().minusSeconds(3700)));
      }
    }
    submit("train");
    assertThat(Files.readAllLines(calls)).hasSize(5);
  }

  /** The file that notes each call of Java. The project's own Spark is used. */
  private Path launcherThatFails() throws IOException {
    Path calls = temporary.resolve("calls");
    Path java = temporary.resolve("jdk");
    executable(
        java.resolve("bin/java"),
        """
        if [[ $* == -Xinternalversion ]]; then
          echo 'VM (17.0.1) JRE (17.0.1)'
        else
          echo "$JAVA_TOOL_OPTIONS $SPARK_SUBMIT_OPTS $*" >>'%s'
          printf 'Error in the VM\nToo little memory'
          exit 3
        fi
        """
            .formatted(calls));
    Files.createDirectories(project.resolve("target/spark/jars"));
    FileTime longAgo = FileTime.from(Instant.now().minusSeconds(9000));
    for (String file : List.of("src/main", "pom.xml", "target/onehot.jar")) {
      Files.setLastModifiedTime(project.resolve(file), longAgo);
    }
    Map<String, String> environment = builder.environment();
    environment.remove("SPARK_HOME");
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("JAVA_HOME", java.toString());
    environment.put("JAVA_TOOL_OPTIONS", "-Xms1g");
    return calls;
  }

  @Test
  void aCurrentFolderThatIsGoneIsSaid() throws Exception {
    Outcome outcome =
        run(
            List.of(
                "bash",
                "-c",
                "mkdir gone && cd gone && rmdir ../gone && exec \"$0\" train",
                project.resolve("submit.sh").toString()));

    assertThat(outcome.exitCode).isEqualTo(2);
    assertThat(outcome.err).contains("onehot: the current folder is gone; change to another one");
  }

  @Test
  void namesAreUtf8WhereTheEnvironmentHasNoCharacterSet() throws Exception {
    executable(temporary.resolve("spark/bin/spark-submit"), "echo \"$LC_ALL,$LC_CTYPE\"");
    Map<String, String> environment = builder.environment();
    environment.keySet().removeAll(List.of("LANG", "LC_CTYPE"));
    for (String locale : List.of("C", "POSIX", "")) {
      environment.put("LC_ALL", locale);
      assertThat(submit("train").out).singleElement().asString().endsWith("UTF-8,");
    }
    environment.put("LC_ALL", "");
    environment.put("LC_CTYPE", "C.UTF-8");
    assertThat(submit("train").out).containsExactly(",C.UTF-8");
  }

  @Test
  void aUserIdWithoutNameGetsAHome() throws Exception {
    executable(temporary.resolve("bin/id"), "exit 1");
    builder.environment().merge("PATH", temporary.resolve("bin") + ":", (path, bin) -> bin + path);
    builder.environment().put("HOME", "/no/such");
    builder.environment().put("TMPDIR", "/a b");
    builder.environment().put("SPARK_SUBMIT_OPTS", "-Duser.name=me");

    assertThat(submit("train").out.get(1))
        .matches("-Duser.name=\\d+ -Duser.home=\"/a b\" -Duser.name=me .*");
  }

  @Test
  void anOldJavaIsRefusedByItsVersion() throws Exception {
    Path old = temporary.resolve("jdk8");
    executable(old.resolve("bin/java"), "echo 'openjdk version \"1.8.0_402\"' >&2");
    builder.environment().put("JAVA_HOME", old.toString());

    assertRefused(submit("train"), "is Java 8, but Onehot needs 17 or newer");
  }

  @Test
  void anOldSparkIsRefusedByItsJar() throws Exception {
    Path jars = Files.createDirectories(temporary.resolve("spark/jars"));
    Files.writeString(jars.resolve("spark-core_2.12-3.5.1.jar"), "");

    assertRefused(submit("train"), "spark-core_2.12-3.5.1.jar; Onehot needs Spark 4");
  }

  @ParameterizedTest
  @CsvSource({
    "spark-core_2.12-3.5.1.jar,           spark-core_2.12-3.5.1.jar",
    "'Welcome to version 3.3.2 Using Scala version 2.12.15', Spark 3.3",
    "'Welcome to version 4.1.0 Using Scala version 2.12.20', Spark 4.1 for Scala 2.12"
  })
  void aSparkOnThePathThatDoesNotFitIsNotRun(String jarOrVersion, String said) throws Exception {
    Path home = temporary.resolve("other spark");
    executable(home.resolve("bin/spark-submit"), "echo '" + jarOrVersion + "'; exit 9");
    if (jarOrVersion.endsWith(".jar")) {
      Files.createDirectories(home.resolve("jars"));
      Files.writeString(home.resolve("jars").resolve(jarOrVersion), "");
    }
    Path link = Files.createDirectories(temporary.resolve("bin")).resolve("spark-submit");
    Files.createSymbolicLink(link, home.resolve("bin/spark-submit"));
    launcherThatFails();
    builder.environment().put("PATH", temporary.resolve("bin") + ":/usr/bin:/bin");

    Outcome outcome = submit("train");

    assertThat(outcome.err.get(0))
        .isEqualTo(
            "onehot: %s is of %s; Onehot needs Spark 4, or 3.5 for Scala 2.13, and so the Spark that Maven resolved runs instead",
            link, said);
    assertThat(outcome.exitCode).as("the bundled launcher's").isEqualTo(1);
  }

  @Test
  void anAdministratorsSettingsWinOverOursAndTheirOptionsForJvmsAreAdded() throws Exception {
    Files.writeString(
        project.resolve("conf/spark.conf"),
        "spark.a 1\nspark.ab 2\nspark.c 3\n"
            + "spark.driver.defaultJavaOptions -Da\n"
            + "spark.executor.defaultJavaOptions ${spark.driver.defaultJavaOptions}\n");
    Path conf = Files.createDirectories(temporary.resolve("spark/conf"));
    Files.writeString(
        conf.resolve("spark-defaults.conf"),
        "# spark.c 9\n spark.a=theirs\nspark.driver.defaultJavaOptions: -agentpath:x=1\n");
    Path mine = Files.writeString(temporary.resolve("mine"), "spark.c\ttheirs");
    String executors = "spark.executor.defaultJavaOptions=-Da";

    assertThat(settings("train"))
        .containsExactly(
            "spark.ab=2",
            "spark.c=3",
            "spark.driver.defaultJavaOptions=-Da -agentpath:x=1",
            executors);
    assertThat(settings("train", "--", "--properties-file", mine.toString()))
        .containsExactly(
            "spark.a=1", "spark.ab=2", "spark.driver.defaultJavaOptions=-Da", executors);
    assertThat(settings("train", "--", "--properties-file=" + mine, "--load-spark-defaults"))
        .containsExactly(
            "spark.ab=2", "spark.driver.defaultJavaOptions=-Da -agentpath:x=1", executors);
    Files.writeString(conf.resolve("spark-defaults.conf"), "spark.app.name theirs\n");
    assertThat(submit("train").out).doesNotContain("--name");
    builder.environment().put("SPARK_CONF_DIR", temporary.toString());
    assertThat(settings("train")).contains("spark.a=1");
    assertThat(submit("train").out).containsSubsequence("--name", "onehot train");
  }

  /** The settings of conf/spark.conf that spark-submit got. */
  private List<String> settings(String... arguments) throws Exception {
    List<String> out = submit(arguments).out;
    return IntStream.range(1, out.size())
        .filter(i -> out.get(i - 1).equals("--conf"))
        .mapToObj(out::get)
        .toList();
  }

  @Test
  void whatSparkRefusesWithAStackTraceIsSaidInALine() throws Exception {
    assertRefused(
        submit("train", "--", "--master", "foo"),
        "--master foo: Spark knows local[N], yarn, spark://HOST:PORT and k8s://URL");
    assertRefused(
        submit("train", "--", "--conf", "spark.driver.memory=4gb"),
        "--driver-memory 4gb: is no size");
    for (String master :
        List.of("local[*]", "local-cluster[1,1,512]", "yarn", "k8s://https://a:1")) {
      assertThat(submit("train", "--", "--master", master, "--driver-memory", "900m").exitCode)
          .isEqualTo(75);
    }
  }

  @Test
  void clusterModeIsNoticedHoweverItIsSaid() throws Exception {
    Path mine = Files.writeString(temporary.resolve("mine"), "spark.submit.deployMode  cluster\n");
    for (String[] options :
        new String[][] {
          {"--deploy-mode", "cluster"},
          {"--deploy-mode=cluster"},
          {"--conf", "spark.submit.deployMode=cluster"},
          {"--conf=spark.submit.deployMode=cluster"},
          {"-c", "spark.submit.deployMode=cluster"},
          {"--properties-file", mine.toString()},
          {"--properties-file=" + mine},
          {"--conf", "spark.submit.deployMode=client", "--deploy-mode", "cluster"}
        }) {
      assertThat(configGiven(options)).as(String.join(" ", options)).isFalse();
    }
    for (String[] options :
        new String[][] {
          {},
          {"--deploy-mode", "client", "--properties-file", mine.toString()},
          {"--deploy-mode", "client", "--conf", "spark.submit.deployMode=cluster"},
          {"--name", "--deploy-mode=cluster2"}
        }) {
      assertThat(configGiven(options)).as(String.join(" ", options)).isTrue();
    }
    builder.environment().put("DEPLOY_MODE", "cluster");
    assertThat(configGiven()).isFalse();
    assertThat(configGiven("--deploy-mode", "client")).isTrue();
  }

  /** The driver of a cluster cannot see the file, so it is not named there. */
  private boolean configGiven(String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("train", "--"));
    arguments.addAll(List.of(options));
    return submit(arguments.toArray(String[]::new)).out.contains("--config");
  }

  @Test
  void sparkThreeIsToldToAddTheVectorModuleAndTheUserHasTheLastWord() throws Exception {
    Path jars = Files.createDirectories(temporary.resolve("spark/jars"));
    Files.writeString(jars.resolve("spark-core_2.13-3.5.6.jar"), "");
    Files.writeString(
        project.resolve("conf/spark.conf"),
        "spark.driver.defaultJavaOptions -Da\n"
            + "spark.executor.defaultJavaOptions ${spark.driver.defaultJavaOptions}\n");
    String module = " --add-modules=jdk.incubator.vector";

    assertThat(submit("train", "--", "--conf", "spark.driver.extraJavaOptions=-Dmine").out)
        .containsSubsequence(
            "spark.driver.defaultJavaOptions=-Da" + module,
            "spark.executor.defaultJavaOptions=-Da" + module,
            "spark.driver.extraJavaOptions=-Dmine");
  }

  @Test
  void aBrokenLineOfSparkConfIsShown() throws Exception {
    Files.writeString(project.resolve("conf/spark.conf"), "spark.a 1\nspark.b\n");

    assertRefused(submit("train"), "conf/spark.conf: not a line of the form 'key value': spark.b");
  }

  @Test
  void newerSourcesAreBuiltFirst() throws Exception {
    executable(
        temporary.resolve("bin/mvn"),
        "echo \"$PWD $*\" >calls; echo chatter; : >target/onehot.jar");
    builder.environment().merge("PATH", temporary.resolve("bin") + ":", (path, bin) -> bin + path);
    assertThat(submit("train").err).isEmpty();

    Path source = Files.writeString(project.resolve("src/main/New.java"), "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(120)));
    Outcome outcome = submit("train");

    assertThat(outcome.err).singleElement().asString().startsWith("onehot: building");
    assertThat(outcome.out).doesNotContain("chatter");
    assertThat(project.resolve("calls")).content().startsWith(project.toString());
  }

  @Test
  void theBuildHasACharacterSetToo() throws Exception {
    executable(temporary.resolve("bin/mvn"), "echo \"$LC_ALL\" >calls; : >target/onehot.jar");
    builder.environment().merge("PATH", temporary.resolve("bin") + ":", (path, bin) -> bin + path);
    builder.environment().put("LC_ALL", "C");
    Files.delete(jar);

    submit("train");

    assertThat(project.resolve("calls")).content().contains("UTF-8");
  }

  @Test
  void aJarOlderThanItsSourcesIsUsedWhereNothingCanBeBuilt() throws Exception {
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(9000)));
    builder.environment().put("PATH", pathWithoutMaven().toString());

    Outcome outcome = submit("train");

    assertThat(outcome.exitCode).as(outcome.err.toString()).isEqualTo(75);
    assertThat(outcome.err)
        .containsExactly(
            "onehot: target/onehot.jar is older than its sources, but mvn is not on the PATH;"
                + " using it as it is");
    Files.delete(jar);
    assertRefused(submit("train"), "has to be built, but mvn is not on the PATH");
  }

  /** What submit.sh calls before it starts Java. */
  private Path pathWithoutMaven() throws IOException {
    Path bin = Files.createDirectory(temporary.resolve("bin"));
    for (String command : List.of("bash", "dirname", "find", "id")) {
      executable(
          bin.resolve(command), "exec \"$(PATH=/usr/bin:/bin type -P " + command + ")\" \"$@\"");
    }
    return bin;
  }

  @Test
  void anInstallationThatCannotBeWrittenIsUsedAsItIs() throws Exception {
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(9000)));
    executable(temporary.resolve("bin/mvn"), "exit 1");
    builder.environment().merge("PATH", temporary.resolve("bin") + ":", (path, bin) -> bin + path);
    Path target = project.resolve("target");
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assumeTrue(!Files.isWritable(target), "root can write everywhere");

      Outcome outcome = submit("train");

      assertThat(outcome.exitCode).isEqualTo(75);
      assertThat(outcome.err).singleElement().asString().endsWith("using it as it is");
    } finally {
      Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void aFailingBuildShowsWhatMavenSaid() throws Exception {
    executable(temporary.resolve("bin/mvn"), "echo '[ERROR] cannot find symbol'; exit 1");
    builder.environment().merge("PATH", temporary.resolve("bin") + ":", (path, bin) -> bin + path);
    Files.delete(jar);

    Outcome outcome = submit("train");

    assertThat(outcome.exitCode).isEqualTo(1);
    assertThat(outcome.out).isEmpty();
    assertThat(outcome.err).contains("[ERROR] cannot find symbol");
  }

  /** Without a scheme, a path would be in the default file system, and # would end a name. */
  private static String url(Path file) {
    StringBuilder url = new StringBuilder("file://");
    for (byte value : file.toString().getBytes(StandardCharsets.UTF_8)) {
      String character = String.valueOf((char) (value & 255));
      url.append(
          character.matches("[A-Za-z0-9/._~-]") ? character : "%%%02X".formatted(value & 255));
    }
    return url.toString();
  }

  private static void assertRefused(Outcome outcome, String why) {
    assertThat(outcome.exitCode).isEqualTo(2);
    assertThat(outcome.out).isEmpty();
    assertThat(outcome.err).singleElement().asString().startsWith("onehot: ").contains(why);
  }

  private List<String> programArguments(String... arguments) throws Exception {
    List<String> out = submit(arguments).out;
    return out.subList(out.indexOf(url(jar)) + 1, out.size());
  }

  private Outcome submit(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(project.resolve("submit.sh").toString()));
    command.addAll(List.of(arguments));
    return run(command);
  }

  private Outcome run(List<String> command) throws Exception {
    Path out = temporary.resolve("out");
    Path err = temporary.resolve("err");
    Process process =
        builder.command(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    int exitCode = process.waitFor();
    return new Outcome(exitCode, Files.readAllLines(out), Files.readAllLines(err));
  }

  private static void executable(Path path, String body) throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, "#!/bin/bash\n" + body + "\n");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
