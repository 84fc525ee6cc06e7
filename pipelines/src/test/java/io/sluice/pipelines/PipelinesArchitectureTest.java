/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.sluice.pipelines.cli.SluiceOptions;
import io.sluice.pipelines.cli.Terminal;
import io.sluice.pipelines.table.TableOptions;
import io.sluice.testing.Cycles;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Which folder of the pipelines may use which: a verb uses no other verb, and nobody uses a verb. A
 * verb may have folders in its own, which may use each other, but not the verb.
 */
@AnalyzeClasses(
    packages = "io.sluice.pipelines",
    importOptions = ImportOption.DoNotIncludeTests.class)
class PipelinesArchitectureTest {
  private static final String ROOT = "io.sluice.pipelines.";

  /** The folders that verbs share; each may use the ones before it. All others are verbs. */
  private static final List<String> SHARED =
      List.of("cli", "account", "job", "table", "input", "compare", "planning");

  /** The verb that runs an import, an export and a query, as a person would type them. */
  private static final String DEMO = "demo";

  @ArchTest
  static void sharedFoldersUseOnlyThoseBeforeThem(JavaClasses classes) {
    for (int i = 0; i < SHARED.size(); i++) {
      uses(SHARED.get(i), SHARED.subList(0, i), classes);
    }
  }

  @ArchTest
  static void aVerbUsesNoOther(JavaClasses classes) {
    classes.stream()
        .map(JavaClass::getPackageName)
        .filter(name -> name.startsWith(ROOT))
        .map(name -> name.substring(ROOT.length()))
        .filter(name -> !SHARED.contains(name) && !name.equals(DEMO))
        .distinct()
        .forEach(verb -> uses(verb, SHARED, classes));
  }

  @ArchTest
  static void neitherFoldersNorClassesHaveACycle(JavaClasses classes) {
    assertThat(Cycles.of(classes, JavaClass::getPackageName).toString(), is("{}"));
    assertThat(Cycles.of(classes, Cycles::topLevel).toString(), is("{}"));
  }

  @ArchTest
  static final ArchRule THE_PROGRAM_KNOWS_NO_VERB =
      classes()
          .that()
          .resideInAPackage("io.sluice.pipelines")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.sluice.pipelines", ROOT + "cli", "java..", "org..");

  @ArchTest
  static final ArchRule COMMANDS_PRINT_ON_THE_CONSOLE_THEY_ARE_GIVEN =
      noClasses()
          .that()
          .doNotBelongToAnyOf(Terminal.class)
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  /** Classes that read options without being named for it, because options are parsed there. */
  private static final Map<String, String> ALSO_READ_OPTIONS =
      Map.of(
          ROOT + "job.Aws",
          "the options are what reaches the workers of a cluster, so where AWS is stays in them",
          ROOT + "account.AccountClients",
          "clients are made on workers, where nothing but the options is known",
          ROOT + "account.Accounts",
          "checks what the clients will read",
          ROOT + "input.InputFormats",
          "the part of InputSettings that is about the settings of readers",
          ROOT + "input.FormatOptions",
          "the part of InputSettings that is about options for some formats");

  @ArchTest
  static final ArchRule OPTIONS_ARE_PARSED_ONCE =
      noClasses()
          .that(
              DescribedPredicate.describe(
                  "are not in cli, not named Plan, Settings or Verb, and not " + ALSO_READ_OPTIONS,
                  PipelinesArchitectureTest::travelsWithSettings))
          .should()
          .accessTargetWhere(
              DescribedPredicate.describe(
                  "is a getter of our options",
                  access ->
                      access.getTargetOwner().isAssignableTo(SluiceOptions.class)
                          && access.getTarget().getName().matches("(get|is)[A-Z].*")))
          .because("options are parsed once, and what they mean travels as a Plan or Settings");

  @ArchTest
  static void optionsThatAreReadElsewhereAreFound(JavaClasses ignored) {
    for (Class<?> reader : List.of(CallingReader.class, ReferringReader.class)) {
      JavaClasses one = new ClassFileImporter().importClasses(reader);
      assertThat(OPTIONS_ARE_PARSED_ONCE.evaluate(one).hasViolation(), is(true));
    }
  }

  @ArchTest
  static void whatPrintsByItselfIsFound(JavaClasses ignored) {
    for (Class<?> printer : List.of(OutPrinter.class, ErrPrinter.class)) {
      JavaClasses one = new ClassFileImporter().importClasses(printer);
      assertThat(
          COMMANDS_PRINT_ON_THE_CONSOLE_THEY_ARE_GIVEN.evaluate(one).hasViolation(), is(true));
    }
  }

  private static final class OutPrinter {
    void print() {
      System.out.println();
    }
  }

  private static final class ErrPrinter {
    void print() {
      System.err.println();
    }
  }

  private static final class CallingReader {
    String read(TableOptions options) {
      return options.getTable();
    }
  }

  private static final class ReferringReader {
    Function<TableOptions, String> read() {
      return TableOptions::getTable;
    }
  }

  private static boolean travelsWithSettings(JavaClass used) {
    String name = Cycles.topLevel(used);
    return !used.getPackageName().equals(ROOT + "cli")
        && !name.matches(".*(Plan|Settings|Verb)")
        && !ALSO_READ_OPTIONS.containsKey(name);
  }

  private static void uses(String folder, List<String> others, JavaClasses classes) {
    String verb = folder.split("[.]")[0];
    classes()
        .that()
        .resideInAPackage(ROOT + folder)
        .should()
        .onlyDependOnClassesThat(
            DescribedPredicate.describe(
                "are in " + folder + ", " + others + " or outside of the pipelines",
                used -> {
                  String in = used.getBaseComponentType().getPackageName();
                  return !in.startsWith(ROOT)
                      || in.equals(ROOT + folder)
                      || in.startsWith(ROOT + verb + ".")
                      || others.contains(in.substring(ROOT.length()));
                }))
        .check(classes);
  }
}
