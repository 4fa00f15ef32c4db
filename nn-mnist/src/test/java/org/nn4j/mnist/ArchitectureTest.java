package org.nn4j.mnist;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.nn4j.mnist");

  /** Without this, rules that look at nothing would hold. */
  @Test
  void rulesSeeTheClassesOfThisModuleAndNoTest() {
    assertThat(CLASSES.contain(Mnist.class)).isTrue();
    assertThat(CLASSES.contain(IdxReader.class)).isTrue();
    assertThat(CLASSES.contain(MnistTest.class)).isFalse();
  }

  @Test
  void nothingIsPrinted() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
  }

  @Test
  void onlyThePublicApiOfTheCoreIsUsed() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.nn4j.internal..", "org.nn4j.examples..")
        .because("the kernels are internal to nn-core, and the examples stand above the library")
        .check(CLASSES);
  }
}
