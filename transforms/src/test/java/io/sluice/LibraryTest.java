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

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.sluice.testing.Cycles;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.options.PipelineOptions;

/** What shape classes and packages have, and what does not belong in a library. */
@AnalyzeClasses(
    packages = "io.sluice",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.OfTheLibrary.class})
class LibraryTest {

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
