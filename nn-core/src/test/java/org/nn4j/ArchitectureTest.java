package org.nn4j;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.internal.memory.NewArrays;
import org.nn4j.train.Trainer;

class ArchitectureTest {
  /** From the bottom up: a package uses those before it, and the kernel is there for all. */
  private static final List<String> PACKAGES =
      List.of(
          "io",
          "activation",
          "loss",
          "optim",
          "init",
          "layer",
          "data",
          "metric",
          "check",
          "model",
          "persistence",
          "weights",
          "train",
          "estimator",
          "tuning",
          "explain");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.nn4j");

  @Test
  void theRulesSeeTheClasses() {
    assertThat(CLASSES.contain(Layer.class)).isTrue();
    assertThat(CLASSES.contain(Trainer.class)).isTrue();
    for (String name : PACKAGES) {
      assertThat(CLASSES.stream().filter(c -> c.getPackageName().equals("org.nn4j." + name)))
          .as(name)
          .isNotEmpty();
    }
  }

  @Test
  void eachPackageUsesOnlyThoseAboveIt() {
    for (int i = 0; i < PACKAGES.size(); i++) {
      String[] below =
          PACKAGES.subList(i + 1, PACKAGES.size()).stream()
              .map(name -> "org.nn4j." + name + "..")
              .toArray(String[]::new);
      if (below.length > 0) {
        noClasses()
            .that()
            .resideInAPackage("org.nn4j." + PACKAGES.get(i) + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(below)
            .check(CLASSES);
      }
    }
  }

  @Test
  void dataSetsUseNoneOfTheirSubpackages() {
    noClasses()
        .that()
        .resideInAPackage("org.nn4j.data")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.nn4j.data.*..")
        .check(CLASSES);
  }

  @Test
  void theContractsUseNothingBelowThem() {
    noClasses()
        .that()
        .resideInAPackage("org.nn4j")
        .and()
        .doNotBelongToAnyOf(Doctor.class, SelfCheck.class) // a program, on top of everything
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.nn4j.*..")
                .and(describe("but internal ones", c -> !ArchitectureTest.isInternal(c))))
        .check(CLASSES);
  }

  @Test
  void theInternalPartsOfContractsUseContractsAndTheKernelAlone() {
    noClasses()
        .that()
        .resideInAPackage("org.nn4j.internal")
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.nn4j.*..")
                .and(describe("but internal ones", c -> !ArchitectureTest.isInternal(c))))
        .check(CLASSES);
  }

  @Test
  void theKernelAndWhatIsBelowItUseNothingAboveThem() {
    List<String> bottomUp = List.of("jfr", "thread", "memory", "blas", "kernel");
    for (int i = 0; i < bottomUp.size(); i++) {
      List<String> allowed =
          bottomUp.subList(0, i + 1).stream().map(name -> "org.nn4j.internal." + name).toList();
      noClasses()
          .that()
          .resideInAPackage("org.nn4j.internal." + bottomUp.get(i))
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.nn4j..")
                  .and(describe("above", c -> !allowed.contains(c.getPackageName()))))
          .check(CLASSES);
    }
  }

  /** Of public types: what users see. */
  @Test
  void noPublicSignatureMentionsTheInternalPackages() {
    List<JavaClass> visible = CLASSES.stream().filter(c -> !isInternal(c) && isVisible(c)).toList();
    assertThat(visible).isNotEmpty();
    assertThat(visible)
        .noneMatch(c -> c.getAllRawInterfaces().stream().anyMatch(ArchitectureTest::isInternal))
        .noneMatch(c -> c.getAllRawSuperclasses().stream().anyMatch(ArchitectureTest::isInternal));
    assertThat(visible.stream().flatMap(c -> c.getMembers().stream()))
        .filteredOn(ArchitectureTest::isVisible)
        .noneMatch(m -> m.getAllInvolvedRawTypes().stream().anyMatch(ArchitectureTest::isInternal));
  }

  /**
   * So that a program of a user could hold it. A temperature claims the network it changes; the
   * notes of a run create an array, which only NewArrays may.
   */
  @Test
  void tuningUsesThePublicApiAlone() {
    noClasses()
        .that()
        .resideInAPackage("org.nn4j.tuning")
        .and()
        .doNotHaveSimpleName("TemperatureScaling")
        .and()
        .doNotHaveSimpleName("RunNotes")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.nn4j.internal..")
        .check(CLASSES);
  }

  private static boolean isInternal(JavaClass type) {
    return type.getBaseComponentType().getPackageName().startsWith("org.nn4j.internal");
  }

  private static boolean isVisible(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(ArchitectureTest::isVisible).orElse(true);
  }

  private static boolean isVisible(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        || member.getModifiers().contains(JavaModifier.PROTECTED);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.nn4j.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyModelFilesAndHistoriesKnowJson() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.nn4j.io", "org.nn4j.train", "org.nn4j.internal")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml..")
        .check(CLASSES);
  }

  @Test
  void onlyTheReaderOfCsvKnowsItsLibrary() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.nn4j.data.csv")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("de.siegmar..")
        .check(CLASSES);
  }

  /** Nested classes may share a name with each other, such as the Spec of each layer. */
  @Test
  void noSimpleNameOccursTwice() {
    List<String> topLevel =
        CLASSES.stream().filter(JavaClass::isTopLevelClass).map(JavaClass::getSimpleName).toList();
    List<String> nested =
        CLASSES.stream()
            .filter(JavaClass::isMemberClass)
            .map(JavaClass::getSimpleName)
            .distinct()
            .toList();
    assertThat(Stream.concat(topLevel.stream(), nested.stream()))
        .filteredOn(name -> !name.equals("package-info"))
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(100);
  }

  @Test
  void nothingPrints() {
    GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(
        CLASSES.that(describe("no program", c -> !c.isEquivalentTo(Doctor.class))));
  }

  @Test
  void noGlobalSettingOfNd4jIsTouched() {
    noClasses()
        .should()
        .callMethodWhere(
            describe(
                "sets a default or seeds the global generator of ND4J",
                call ->
                    call.getTargetOwner().isEquivalentTo(Nd4j.class)
                        && (call.getName().startsWith("setD")
                            || call.getName().equals("setDataType")
                            || call.getName().equals("getRandom")
                            || call.getName().equals("getEnvironment")
                            || call.getName().equals("rand")
                            || call.getName().equals("randn"))))
        .check(CLASSES);
  }

  /** So every entry passes the gate to ND4J, whichever is called first. */
  @Test
  void newArraysComeFromOnePlace() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(NewArrays.class)
        .should()
        .callMethodWhere(
            describe(
                "makes an array of ND4J from no other array",
                call ->
                    call.getTargetOwner().isEquivalentTo(Nd4j.class)
                        && call.getName()
                            .matches(
                                "(create|zeros|ones|scalar|value|empty|linspace|arange|eye).*")))
        .because("NewArrays starts ND4J with the right class loader and explains what fails")
        .check(CLASSES);
  }

  @Test
  void classesAreFinalOrAbstract() {
    classes()
        .that()
        .areNotInterfaces()
        .and()
        .doNotHaveModifier(JavaModifier.ABSTRACT)
        .and()
        .areNotEnums()
        .and()
        .doNotBelongToAnyOf(ShapeMismatchException.class, DivergedException.class)
        .and(
            describe(
                "no constant of an enum",
                c -> !c.getSuperclass().map(s -> s.toErasure().isEnum()).orElse(false)))
        .and(describe("no package-info", c -> !c.getSimpleName().equals("package-info")))
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(CLASSES);
  }
}
