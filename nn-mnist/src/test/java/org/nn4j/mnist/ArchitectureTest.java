package org.nn4j.mnist;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nn4j.internal.download.Download;

class ArchitectureTest {
  private static final String INTERNAL = "org.nn4j.internal.download";

  /** This module's own, and the one of the core that all modules share, see decision 5. */
  private static final List<String> SHARED = List.of(INTERNAL, "org.nn4j.internal.file");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.nn4j.mnist", INTERNAL);

  /** Without this, rules that look at nothing would hold. */
  @Test
  void rulesSeeTheClassesOfThisModuleAndNoTest() {
    assertThat(CLASSES.contain(ImageSet.class)).isTrue();
    assertThat(CLASSES.contain(IdxReader.class)).isTrue();
    assertThat(CLASSES.contain(Download.class)).isTrue();
    assertThat(CLASSES.contain(ImageSetTest.class)).isFalse();
  }

  @Test
  void nothingIsPrinted() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
  }

  @Test
  void onlyThePublicApiOfTheCoreAndItsFilesAreUsed() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("org.nn4j.internal..", "org.nn4j.examples..")
                .and(describe("not shared", c -> !SHARED.contains(c.getPackageName()))))
        .because("the kernels are internal to nn-core, and the examples stand above the library")
        .check(CLASSES);
  }

  @Test
  void noPublicSignatureMentionsTheInternalPackage() {
    List<JavaClass> visible =
        CLASSES.stream().filter(c -> isPublic(c) && !c.getPackageName().equals(INTERNAL)).toList();
    assertThat(visible).isNotEmpty();
    assertThat(visible.stream().flatMap(c -> c.getMembers().stream()))
        .filteredOn(member -> member.getModifiers().contains(JavaModifier.PUBLIC))
        .noneMatch(
            member ->
                member.getAllInvolvedRawTypes().stream()
                    .anyMatch(
                        type -> type.getBaseComponentType().getPackageName().equals(INTERNAL)));
  }

  private static boolean isPublic(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(ArchitectureTest::isPublic).orElse(true);
  }
}
