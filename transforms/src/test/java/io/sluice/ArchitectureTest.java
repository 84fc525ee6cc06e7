/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
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
import io.sluice.testing.Cycles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which package may use which. */
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
      lines(
          """
          item.codec:
          item: item.codec
          capacity: item
          item.json: item item.codec
          failure: item item.json
          plan: capacity
          report: capacity failure item item.page plan report.page storage
          report.page:
          dedupe: failure item item.page report
          dynamodb.http:
          dynamodb.wire: dynamodb.http item.json
          dynamodb.table: capacity dynamodb.wire item
          coordination: capacity storage
          dynamodb.session: capacity coordination dynamodb.table dynamodb.wire report
          item.page: item item.codec
          dynamodb.checkpoint: format item.page report storage
          dynamodb.scan: capacity dynamodb.checkpoint dynamodb.session dynamodb.table dynamodb.wire
              failure item item.codec item.json item.page report schema
          dynamodb.verify: capacity dynamodb.scan dynamodb.session dynamodb.table dynamodb.wire
              failure item item.json item.page report
          dynamodb.prune: capacity dynamodb.session dynamodb.table dynamodb.wire failure item
              item.page report
          dynamodb.write: capacity dynamodb.checkpoint dynamodb.session dynamodb.table
              dynamodb.wire failure item item.json item.page report
          storage:
          format: failure format.catalog item item.page schema storage
          format.catalog: schema
          format.stream: failure format item item.json
          schema: item item.codec item.json item.page
          format.columnar: failure format.catalog format.stream item item.json schema
          format.parquet.record: format.columnar item
          sink: format format.parquet format.registry item item.page schema
          snapshot: capacity dynamodb.table format.registry item schema sink storage
          snapshot.catalog: format format.catalog format.registry schema sink snapshot
          snapshot.publish: dynamodb.table format format.registry item item.page schema sink
              snapshot snapshot.catalog
          source: failure format format.json format.registry format.stream item item.page report
              source.slice storage
          source.slice: failure item item.page report
          source.jdbc: failure format format.columnar item item.page report source
              source.jdbc.copy source.jdbc.value source.slice storage
          source.jdbc.copy:
          source.jdbc.value: format.columnar item
          change.feed: storage
          change.stream: change.feed dynamodb.wire item.json
          change.capture: change.feed change.stream dynamodb.wire format storage
          change.catalog: change.capture change.feed format.catalog snapshot snapshot.catalog
          change.record: item item.json
          change.json: format.json
          change.read: change.feed change.json change.record failure format format.ion format.json
              format.nativeexport format.registry format.stream item item.json report source
              storage
          change.diff: change.feed change.stream format item item.codec item.page
          change.history: change.feed change.record failure format item source source.slice
          change.merge: change.feed change.read change.record format format.nativeexport item
              item.codec item.page schema
          change.apply: change.record failure item item.page report
          lookup: capacity dynamodb.scan dynamodb.session dynamodb.verify failure format
              format.csv format.json format.stream item item.json item.page lookup.event report
              snapshot source
          lookup.event: failure format format.csv format.json format.stream item item.json
              snapshot storage
          survey: capacity item item.json item.page report
          bulk: dynamodb.table dynamodb.wire failure format format.stream item item.json item.page
              report snapshot storage
          """);

  /** Parses lines of a package and those that it may use; a line that is set off goes on. */
  private static Map<String, Set<String>> lines(String text) {
    Map<String, Set<String>> packages = new TreeMap<>();
    for (String line : text.split("\\n(?! )")) {
      String[] names = line.trim().split(":?\\s+|:$");
      packages.put(names[0], Set.copyOf(List.of(names).subList(1, names.length)));
    }
    return packages;
  }

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
}
