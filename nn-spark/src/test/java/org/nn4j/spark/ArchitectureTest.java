package org.nn4j.spark;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("test-classes"))
          .importPackages("org.nn4j.spark");

  @Test
  void fewTypesArePublic() {
    assertThat(CLASSES.stream().filter(c -> c.getModifiers().contains(JavaModifier.PUBLIC)))
        .extracting(JavaClass::getSimpleName)
        .containsExactlyInAnyOrder(
            "SparkModel", "Scored", "SparkTraining", "SparkSamples", "TrainingRecipe", "OfNetwork");
  }

  @Test
  void scoringNeedsNeitherTheCoreNorNatives() {
    classes()
        .that()
        .haveNameMatching(".*\\.(SparkModel|Scored|Shared\\w+|RowValues|InputColumns|SparkErrors)")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                "org.nn4j.predict",
                "org.nn4j.spark",
                "org.apache.spark..",
                "org.apache.hadoop..",
                "org.jspecify..",
                "scala..",
                "java.."))
        .check(CLASSES);
  }

  @Test
  void onlyThePublicApiOfTheCoreIsUsed() {
    noClasses()
        .should()
        .dependOnClassesThat(resideInAPackage("org.nn4j.internal.."))
        .check(CLASSES);
  }

  @Test
  void nothingIsPrinted() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
  }

  @Test
  void classesAreFinalOrAbstract() {
    classes()
        .that()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .should()
        .haveModifier(JavaModifier.FINAL)
        .orShould(
            com.tngtech.archunit.lang.conditions.ArchConditions.haveModifier(JavaModifier.ABSTRACT))
        .check(CLASSES);
  }
}
