/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.is;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CyclesTest {
  private record First(Second[] seconds) {}

  private record Second(Third third) {}

  private record Third(First first, Leaf leaf) {}

  private record Leaf(String text) {}

  private record User(First first, Leaf leaf) {}

  @Test
  void aCircleIsFoundWithoutWhatLeadsToItOrFromIt() {
    assertThat(
        Cycles.of(
            new ClassFileImporter()
                .importClasses(First.class, Second.class, Third.class, Leaf.class, User.class),
            JavaClass::getSimpleName),
        is(Map.of("First", Set.of("Second"), "Second", Set.of("Third"), "Third", Set.of("First"))));
  }

  @Test
  void withoutACircleNothingIsFound() {
    assertThat(
        Cycles.of(
            new ClassFileImporter().importClasses(Second.class, Third.class, Leaf.class),
            JavaClass::getSimpleName),
        is(anEmptyMap()));
  }

  @Test
  void nestedClassesAreOfTheirFile() {
    assertThat(
        Cycles.of(
            new ClassFileImporter().importClasses(First.class, Second.class, Third.class),
            Cycles::topLevel),
        is(anEmptyMap()));
  }
}
