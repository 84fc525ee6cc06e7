/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.is;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.sluice.testing.Cycles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.options.PipelineOptions;

/** Which package may use which, and what does not belong in a library. */
@AnalyzeClasses(
    packages = "io.sluice",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.OfTheLibrary.class})
class ArchitectureTest {

  /** Leaves out the server that the tests use, which is on their classpath. */
  static final class OfTheLibrary implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/io/sluice/localaws/");
    }
  }

  /** For each package those of ours that it may use, itself aside. A new one has its line here. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("item.codec", Set.of()),
          Map.entry("item", Set.of("item.codec")),
          Map.entry("capacity", Set.of("item")),
          Map.entry("item.json", Set.of("item", "item.codec")),
          Map.entry("failure", Set.of("item", "item.json")),
          Map.entry("report", Set.of("failure", "item", "item.page")),
          Map.entry("dedupe", Set.of("failure", "item", "item.page", "report")),
          Map.entry("dynamodb.http", Set.of()),
          Map.entry("dynamodb.wire", Set.of("dynamodb.http", "item.json")),
          Map.entry("dynamodb.table", Set.of("capacity", "dynamodb.wire", "item")),
          Map.entry("coordination", Set.of("capacity", "storage")),
          Map.entry(
              "dynamodb.session",
              Set.of("capacity", "coordination", "dynamodb.table", "dynamodb.wire")),
          Map.entry("item.page", Set.of("item", "item.codec")),
          Map.entry(
              "dynamodb.scan",
              Set.of(
                  "capacity",
                  "dynamodb.session",
                  "dynamodb.table",
                  "dynamodb.wire",
                  "failure",
                  "item",
                  "item.codec",
                  "item.json",
                  "item.page",
                  "schema")),
          Map.entry(
              "dynamodb.verify",
              Set.of(
                  "capacity",
                  "dynamodb.scan",
                  "dynamodb.session",
                  "dynamodb.table",
                  "dynamodb.wire",
                  "failure",
                  "item",
                  "item.json",
                  "item.page",
                  "report")),
          Map.entry(
              "dynamodb.prune",
              Set.of(
                  "capacity",
                  "dynamodb.session",
                  "dynamodb.table",
                  "dynamodb.wire",
                  "failure",
                  "item",
                  "item.page",
                  "report")),
          Map.entry(
              "dynamodb.write",
              Set.of(
                  "capacity",
                  "dynamodb.session",
                  "dynamodb.table",
                  "dynamodb.wire",
                  "failure",
                  "item",
                  "item.json",
                  "item.page",
                  "report")),
          Map.entry("storage", Set.of()),
          Map.entry(
              "format",
              Set.of("failure", "format.catalog", "item", "item.page", "schema", "storage")),
          Map.entry("format.catalog", Set.of("schema")),
          Map.entry("format.stream", Set.of("failure", "format", "item", "item.json")),
          Map.entry("schema", Set.of("item", "item.codec", "item.json", "item.page")),
          Map.entry(
              "format.columnar",
              Set.of("failure", "format.catalog", "format.stream", "item", "item.json", "schema")),
          Map.entry(
              "sink",
              Set.of("format", "format.parquet", "format.registry", "item", "item.page", "schema")),
          Map.entry(
              "snapshot",
              Set.of(
                  "capacity",
                  "dynamodb.table",
                  "format.registry",
                  "item",
                  "schema",
                  "sink",
                  "storage")),
          Map.entry(
              "snapshot.catalog",
              Set.of("format", "format.catalog", "format.registry", "schema", "sink", "snapshot")),
          Map.entry(
              "snapshot.publish",
              Set.of(
                  "dynamodb.table",
                  "format",
                  "format.registry",
                  "item",
                  "item.page",
                  "schema",
                  "sink",
                  "snapshot",
                  "snapshot.catalog")),
          Map.entry(
              "source",
              Set.of(
                  "failure",
                  "format",
                  "format.json",
                  "format.registry",
                  "format.stream",
                  "item",
                  "item.page",
                  "report",
                  "source.slice",
                  "storage")),
          Map.entry("source.slice", Set.of("failure", "item", "item.page", "report")),
          Map.entry(
              "source.jdbc",
              Set.of(
                  "failure",
                  "format",
                  "format.columnar",
                  "item",
                  "item.page",
                  "report",
                  "source",
                  "source.jdbc.value",
                  "source.slice",
                  "storage")),
          Map.entry("source.jdbc.value", Set.of("format.columnar", "item")),
          Map.entry("change.feed", Set.of("storage")),
          Map.entry("change.stream", Set.of("change.feed", "dynamodb.wire", "item.json")),
          Map.entry(
              "change.capture",
              Set.of("change.feed", "change.stream", "dynamodb.wire", "format", "storage")),
          Map.entry(
              "change.catalog",
              Set.of(
                  "change.capture",
                  "change.feed",
                  "format.catalog",
                  "snapshot",
                  "snapshot.catalog")),
          Map.entry("change.record", Set.of("item", "item.json")),
          Map.entry("change.json", Set.of("format.json")),
          Map.entry(
              "change.read",
              Set.of(
                  "change.feed",
                  "change.json",
                  "change.record",
                  "failure",
                  "format",
                  "format.ion",
                  "format.json",
                  "format.nativeexport",
                  "format.registry",
                  "format.stream",
                  "item",
                  "item.json",
                  "report",
                  "source",
                  "storage")),
          Map.entry(
              "change.diff",
              Set.of("change.feed", "change.stream", "format", "item", "item.codec", "item.page")),
          Map.entry(
              "change.history",
              Set.of(
                  "change.feed",
                  "change.record",
                  "failure",
                  "format",
                  "item",
                  "source",
                  "source.slice")),
          Map.entry(
              "change.merge",
              Set.of("change.feed", "change.record", "item", "item.codec", "item.page")),
          Map.entry(
              "change.apply", Set.of("change.record", "failure", "item", "item.page", "report")),
          Map.entry(
              "lookup",
              Set.of(
                  "capacity",
                  "dynamodb.scan",
                  "dynamodb.session",
                  "dynamodb.verify",
                  "failure",
                  "format",
                  "format.csv",
                  "format.json",
                  "format.stream",
                  "item",
                  "item.json",
                  "item.page",
                  "lookup.event",
                  "report",
                  "snapshot",
                  "source")),
          Map.entry(
              "lookup.event",
              Set.of(
                  "failure",
                  "format",
                  "format.csv",
                  "format.json",
                  "format.stream",
                  "item",
                  "item.json",
                  "snapshot")),
          Map.entry("survey", Set.of("capacity", "item", "item.page", "report")));

  /** The folder of a format needs no line: it may use what formats share, and other formats. */
  private static final String FORMATS = "format.";

  private static final Set<String> FORMATS_MAY_USE =
      Set.of("failure", "item", "item.json", "item.page", "schema", "storage");

  @ArchTest
  static void packagesUseOnlyThoseOfTheirLine(JavaClasses classes) {
    MAY_USE.forEach(
        (name, others) -> {
          TreeSet<String> allowed = new TreeSet<>(others);
          allowed.add(name);
          classes()
              .that()
              .resideInAPackage("io.sluice." + name)
              .should()
              .onlyDependOnClassesThat(ofOthersOrIn(allowed))
              .check(classes);
        });
  }

  @ArchTest
  static void formatsUseOnlyFormatsAndWhatAllMayUse(JavaClasses classes) {
    classes()
        .that()
        .resideInAPackage("io.sluice.format..")
        .should()
        .onlyDependOnClassesThat(
            DescribedPredicate.describe(
                "are formats, in " + FORMATS_MAY_USE + ", or not ours",
                used -> {
                  String name = used.getBaseComponentType().getPackageName() + ".";
                  return name.startsWith("io.sluice." + FORMATS)
                      || ofOthersOrIn(FORMATS_MAY_USE).test(used);
                }))
        .check(classes);
  }

  @ArchTest
  static void everyPackageHasItsLine(JavaClasses classes) {
    List<String> known = new ArrayList<>(List.of("io.sluice." + FORMATS + "*"));
    MAY_USE.keySet().forEach(name -> known.add("io.sluice." + name));
    classes().should().resideInAnyPackage(known.toArray(String[]::new)).check(classes);
  }

  private static DescribedPredicate<JavaClass> ofOthersOrIn(Set<String> allowed) {
    return DescribedPredicate.describe(
        "are in " + allowed + " or not ours",
        used -> {
          String name = used.getBaseComponentType().getPackageName();
          return !name.startsWith("io.sluice.")
              || allowed.contains(name.substring("io.sluice.".length()));
        });
  }

  @ArchTest
  static void packagesHaveNoCycle(JavaClasses classes) {
    assertThat(Cycles.of(classes, JavaClass::getPackageName), is(anEmptyMap()));
  }

  /**
   * A class uses none that uses it, but for a tree of two kinds of nodes. A value names its coder
   * in Beam's annotation: these two are one here.
   */
  @ArchTest
  static void classesHaveNoCycle(JavaClasses classes) {
    String members = "io.sluice.schema.Members";
    String place = "io.sluice.schema.Place";
    assertThat(
        Cycles.of(classes, used -> Cycles.topLevel(used).replaceFirst("Coder$", "")),
        is(Map.of(members, Set.of(place), place, Set.of(members))));
  }

  /** More than these is a hall, in which nobody finds anything. */
  private static final int MOST_CLASSES = 25;

  @ArchTest
  static void noPackageIsAHall(JavaClasses classes) {
    Map<String, Long> sizes =
        classes.stream()
            .filter(JavaClass::isTopLevelClass)
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .collect(groupingBy(JavaClass::getPackageName, counting()));
    sizes.values().removeIf(size -> size <= MOST_CLASSES);
    assertThat(sizes, is(anEmptyMap()));
  }

  @ArchTest
  static final ArchRule OPTIONS_BELONG_TO_THE_PIPELINES =
      noClasses().should().beAssignableTo(PipelineOptions.class);

  @ArchTest static final ArchRule A_LIBRARY_HAS_NO_MAIN = noMethods().should().haveName("main");
}
