package org.nn4j.examples;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.PrintWriter;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.util.Formatter;
import java.util.Locale;
import java.util.Scanner;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.nn4j.mnist.ImageSet;
import org.nn4j.model.Network;

/**
 * No module formats or parses numbers, or changes the case of text, in the default locale. The test
 * is here because this module depends on the others.
 */
class LocaleTest {
  /** Where no locale is among the parameters, the default one is used. */
  private static final Pattern METHODS =
      Pattern.compile(
          "java\\.(lang\\.String|io\\.(PrintStream|PrintWriter|Console))"
              + "\\.(format|formatted|printf|toLowerCase|toUpperCase)\\(.*"
              + "|java\\.util\\.(Formatter|Scanner)\\.<init>.*"
              + "|java\\.text\\..*"
              + "|java\\.time\\.format\\.DateTimeFormatter\\.of.*");

  private static final ArchRule RULE =
      noClasses()
          .should()
          .accessTargetWhere(describe("depends on the default locale", LocaleTest::isLocal))
          .because("a file or a message must be the same on every machine: give Locale.ROOT");

  private static boolean isLocal(JavaAccess<?> access) {
    String target = access.getTarget().getFullName();
    return METHODS.matcher(target).matches() && !target.contains("java.util.Locale");
  }

  @Test
  void noModuleDependsOnTheDefaultLocale() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.nn4j");
    assertThat(classes.contain(Network.class)).isTrue();
    assertThat(classes.contain(ImageSet.class)).isTrue();
    assertThat(classes.contain(MnistClassifier.class)).isTrue();
    RULE.check(classes);
  }

  /** One offence in each class. */
  @SuppressWarnings({"StringCaseLocaleUsage", "AnnotateFormatMethod"})
  static final class Offenders {
    static final class Format {
      String text(String format, Object... values) {
        return String.format(format, values);
      }
    }

    static final class Formatted {
      String text(String format, Object... values) {
        return format.formatted(values);
      }
    }

    static final class Printf {
      void print(PrintWriter out, String format, Object... values) {
        out.printf(format, values);
      }
    }

    static final class LowerCase {
      UnaryOperator<String> function() {
        return String::toLowerCase;
      }
    }

    static final class Message {
      String text() {
        return MessageFormat.format("{0}", 1);
      }
    }

    static final class NumberText {
      NumberFormat format() {
        return NumberFormat.getInstance();
      }
    }

    static final class Made {
      Formatter formatter() {
        return new Formatter();
      }
    }

    static final class Read {
      Scanner scanner() {
        return new Scanner("1");
      }
    }
  }

  static final class Innocent {
    String text(PrintWriter out, byte[] bytes) {
      out.printf(Locale.ROOT, "%d", 1);
      return String.format(Locale.ROOT, "%d", 1)
          + new String(bytes, UTF_8).toLowerCase(Locale.ROOT);
    }
  }

  @Test
  void theRuleFindsEachKindOfOffence() {
    for (Class<?> offender : Offenders.class.getDeclaredClasses()) {
      assertThat(RULE.evaluate(new ClassFileImporter().importClasses(offender)).hasViolation())
          .as(offender.getSimpleName())
          .isTrue();
    }
    RULE.check(new ClassFileImporter().importClasses(Innocent.class));
  }
}
