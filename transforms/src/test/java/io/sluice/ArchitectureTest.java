/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.options.PipelineOptions;

/** Which package may use which, and what does not belong in a library. */
@AnalyzeClasses(packages = "io.sluice", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  /** For each package those of ours that it may use, itself aside. A new one has its line here. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("item", Set.of()),
          Map.entry("storage", Set.of()),
          Map.entry("failure", Set.of("item", "storage")),
          Map.entry("capacity", Set.of("item")),
          Map.entry("report", Set.of("item", "failure", "storage")),
          Map.entry("dedupe", Set.of("item", "failure", "report")),
          Map.entry("dynamodb", Set.of("item", "failure", "capacity", "report")),
          Map.entry("file", Set.of("item", "failure", "report", "schema", "storage")),
          Map.entry("survey", Set.of("item", "failure", "capacity", "report")),
          Map.entry("schema", Set.of("item")),
          Map.entry("sink", Set.of("item", "schema", "storage")),
          Map.entry("snapshot", Set.of("item", "failure", "report", "schema", "sink", "storage")));

  @ArchTest
  static void packagesUseOnlyThoseToTheirLeft(JavaClasses classes) {
    MAY_USE.forEach(
        (name, others) -> {
          TreeSet<String> allowed = new TreeSet<>(others);
          allowed.add(name);
          classes()
              .that()
              .resideInAPackage(packageOf(name))
              .should()
              .onlyDependOnClassesThat(ofOthersOrOf(allowed))
              .check(classes);
        });
  }

  @ArchTest
  static void everyPackageHasItsPlace(JavaClasses classes) {
    List<String> known = MAY_USE.keySet().stream().map(ArchitectureTest::packageOf).toList();
    classes().should().resideInAnyPackage(known.toArray(String[]::new)).check(classes);
  }

  private static String packageOf(String name) {
    return "io.sluice." + name + "..";
  }

  private static DescribedPredicate<JavaClass> ofOthersOrOf(Set<String> allowed) {
    return DescribedPredicate.describe(
        "are in " + allowed + " or not ours",
        used -> {
          String name = used.getBaseComponentType().getPackageName();
          return !name.startsWith("io.sluice.")
              || allowed.contains(name.substring("io.sluice.".length()).split("\\.", 2)[0]);
        });
  }

  @ArchTest
  static final ArchRule OPTIONS_BELONG_TO_THE_PIPELINES =
      noClasses().should().beAssignableTo(PipelineOptions.class);

  @ArchTest static final ArchRule A_LIBRARY_HAS_NO_MAIN = noMethods().should().haveName("main");
}
