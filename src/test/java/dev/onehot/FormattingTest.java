package dev.onehot;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What is formatted names its locale. Otherwise names of files and messages have the digits of the
 * machine's language, such as Bengali, Arabic or Thai ones.
 */
class FormattingTest {

  /** Methods and constructors that take the machine's locale where they are not given another. */
  private static final Pattern FORMATTING =
      Pattern.compile(
          "java\\.lang\\.String\\.(format|formatted|toLowerCase|toUpperCase)"
              + "|java\\.io\\.(PrintStream|PrintWriter|Console)\\.(printf|format)"
              + "|java\\.util\\.(Formatter|Scanner)\\.<init>"
              + "|java\\.text\\.\\w*Format\\.(get\\w*Instance|format|<init>)"
              + "|java\\.text\\.DecimalFormatSymbols\\.(getInstance|<init>)"
              + "|java\\.time\\.format\\.DateTimeFormatter\\.(ofPattern|ofLocalized\\w+)");

  @Test
  void nothingIsFormattedByTheLocaleOfTheMachine() {
    noClasses()
        .should()
        .accessTargetWhere(describe("formats without a locale", FormattingTest::isByTheMachine))
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.onehot"));
  }

  private static boolean isByTheMachine(JavaAccess<?> access) {
    return access.getTarget() instanceof CodeUnitAccessTarget called
        && FORMATTING.matcher(called.getOwner().getName() + "." + called.getName()).matches()
        && called.getRawParameterTypes().stream()
            .noneMatch(
                type ->
                    type.isEquivalentTo(Locale.class)
                        || type.isEquivalentTo(DecimalFormatSymbols.class));
  }
}
