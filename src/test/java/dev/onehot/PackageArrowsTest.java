package dev.onehot;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ObjectInput;
import org.junit.jupiter.api.Test;

/** Which room may use which. */
class PackageArrowsTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.onehot");

  @Test
  void arrowsBetweenPackagesPointOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("entry")
        .definedBy("dev.onehot")
        .layer("cli")
        .definedBy("dev.onehot.cli..")
        .layer("api")
        .definedBy("dev.onehot.api..")
        .layer("nightly")
        .definedBy("dev.onehot.nightly..")
        .optionalLayer("registry")
        .definedBy("dev.onehot.registry..")
        .layer("job")
        .definedBy("dev.onehot.job..")
        .layer("report")
        .definedBy("dev.onehot.report..")
        .layer("checkpoint")
        .definedBy("dev.onehot.checkpoint..")
        .layer("evaluate")
        .definedBy("dev.onehot.evaluate..")
        .layer("predict")
        .definedBy("dev.onehot.predict..")
        .layer("train")
        .definedBy("dev.onehot.train..")
        .layer("model")
        .definedBy("dev.onehot.model..")
        .layer("data")
        .definedBy("dev.onehot.data..")
        .layer("spark")
        .definedBy("dev.onehot.spark..")
        .layer("storage")
        .definedBy("dev.onehot.storage..")
        .layer("npy")
        .definedBy("dev.onehot.npy..")
        .layer("math")
        .definedBy("dev.onehot.math..")
        .layer("failure")
        .definedBy("dev.onehot.failure..")
        .whereLayer("entry")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("cli")
        .mayOnlyBeAccessedByLayers("entry")
        .whereLayer("api")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("nightly")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("registry")
        .mayOnlyBeAccessedByLayers("cli", "nightly", "job")
        .whereLayer("job")
        .mayOnlyBeAccessedByLayers("cli", "api", "nightly")
        .whereLayer("report")
        .mayOnlyBeAccessedByLayers("cli", "api", "nightly", "job")
        .whereLayer("checkpoint")
        .mayOnlyBeAccessedByLayers("cli", "nightly", "job")
        .whereLayer("evaluate")
        .mayOnlyBeAccessedByLayers("nightly", "job", "report")
        .whereLayer("predict")
        .mayOnlyBeAccessedByLayers("cli", "job")
        .whereLayer("train")
        .mayOnlyBeAccessedByLayers("cli", "api", "nightly", "job", "report", "checkpoint")
        .whereLayer("model")
        .mayOnlyBeAccessedByLayers(
            "api", "nightly", "registry", "job", "report", "evaluate", "predict")
        .whereLayer("data")
        .mayOnlyBeAccessedByLayers("cli", "api", "nightly", "job", "evaluate", "predict", "train")
        .whereLayer("spark")
        .mayOnlyBeAccessedByLayers("evaluate", "predict", "train", "data")
        .whereLayer("storage")
        .mayOnlyBeAccessedByLayers(
            "cli", "nightly", "registry", "job", "checkpoint", "predict", "data")
        .whereLayer("npy")
        .mayOnlyBeAccessedByLayers("model", "data")
        .whereLayer("math")
        .mayOnlyBeAccessedByLayers("cli", "job", "evaluate", "predict", "train", "model", "data")
        .ensureAllClassesAreContainedInArchitecture()
        .check(CLASSES);
  }

  @Test
  void theModelAndItsMathematicsNeedNeitherSparkNorHadoop() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.onehot.math..", "dev.onehot.npy..", "dev.onehot.model..", "dev.onehot.failure..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache..", "scala..")
        .check(CLASSES);
  }

  @Test
  void reportsAreWrittenFromRecordsWithoutSpark() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.onehot.report..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache..", "scala..")
        .check(CLASSES);
  }

  @Test
  void nothingNeedsAwtWhichSmallContainersLack() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.awt..", "javax.imageio..", "javax.swing..")
        .check(CLASSES);
  }

  @Test
  void theVectorKernelAloneKnowsTheIncubatingModule() {
    noClasses()
        .that()
        .haveNameNotMatching("dev\\.onehot\\.math\\.Vector(Softmax|Loops|FloatLoops)(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jdk.incubator..")
        .check(CLASSES);
  }

  @Test
  void noFileIsReadByJavaDeserialization() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ObjectInput.class)
        .orShould()
        .callMethodWhere(
            target(nameMatching("objectFile|saveAsObjectFile"))
                .and(target(owner(resideInAPackage("org.apache.spark..")))))
        .check(CLASSES);
  }

  @Test
  void useCasesNeedNoCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.onehot", "dev.onehot.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("picocli..")
        .orShould()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
  }

  @Test
  void thereAreNoCyclesBetweenPackages() {
    slices().matching("dev.onehot.(*)..").should().beFreeOfCycles().check(CLASSES);
    slices().matching("dev.onehot.data.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
