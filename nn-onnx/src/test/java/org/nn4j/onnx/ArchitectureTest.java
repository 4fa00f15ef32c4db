package org.nn4j.onnx;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
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
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final String READER = "org.nn4j.internal.onnx";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("test-classes"))
          .importPackages("org.nn4j.onnx", "org.nn4j.internal.onnx");

  @Test
  void fewTypesArePublic() {
    assertThat(CLASSES.stream().filter(c -> c.getModifiers().contains(JavaModifier.PUBLIC)))
        .filteredOn(c -> !c.getPackageName().equals(READER))
        .extracting(JavaClass::getSimpleName)
        .containsExactlyInAnyOrder("Onnx", "OnnxOptions", "OnnxGraph", "NodeWriter");
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
            resideInAnyPackage("org.nn4j.internal..")
                .and(
                    describe(
                        "not shared",
                        c ->
                            !List.of(READER, "org.nn4j.internal.file")
                                .contains(c.getPackageName()))))
        .check(CLASSES);
  }

  @Test
  void noPublicSignatureMentionsProtobuf() {
    assertThat(CLASSES.stream())
        .filteredOn(c -> !c.getPackageName().equals(READER))
        .filteredOn(c -> c.getModifiers().contains(JavaModifier.PUBLIC))
        .flatExtracting(JavaClass::getMembers)
        .filteredOn(member -> member.getModifiers().contains(JavaModifier.PUBLIC))
        .noneMatch(
            member ->
                member.getAllInvolvedRawTypes().stream()
                    .anyMatch(
                        type ->
                            type.getPackageName().equals("onnx")
                                || type.getPackageName().startsWith("org.nd4j.shade")));
  }

  @Test
  void classesAreFinal() {
    classes()
        .that()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and()
        .haveNameNotMatching(".*\\$\\d+") // the compiler's own, of a switch
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(CLASSES);
  }
}
