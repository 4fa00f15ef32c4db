package org.nn4j.examples;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nn4j.mnist.Mnist;
import org.nn4j.model.Network;

/** Digits, signs and letters of a file, a message or a table do not depend on the locale. */
class LocaleTest {
  private static final Set<String> FORMATTING =
      Set.of("format", "formatted", "printf", "toLowerCase", "toUpperCase");
  private static final Set<String> FORMATTERS =
      Set.of("java.util.Formatter", "java.util.Scanner", "java.text.DecimalFormat");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.nn4j");

  @Test
  void theRuleSeesAllModules() {
    assertThat(CLASSES.contain(Network.class)).isTrue();
    assertThat(CLASSES.contain(Mnist.class)).isTrue();
    assertThat(CLASSES.contain(Xor.class)).isTrue();
  }

  @Test
  void everythingThatIsFormattedNamesItsLocale() {
    noClasses()
        .should()
        .callMethodWhere(
            describe(
                "formats in the default locale",
                call ->
                    call.getTargetOwner().getPackageName().startsWith("java.")
                        && FORMATTING.contains(call.getName())
                        && !namesLocale(call.getTarget())))
        .orShould()
        .callConstructorWhere(
            describe(
                "makes a formatter of the default locale",
                call ->
                    FORMATTERS.contains(call.getTargetOwner().getName())
                        && !namesLocale(call.getTarget())))
        .check(CLASSES);
  }

  private static boolean namesLocale(CodeUnitCallTarget target) {
    return target.getRawParameterTypes().stream()
        .anyMatch(type -> type.isEquivalentTo(Locale.class));
  }
}
