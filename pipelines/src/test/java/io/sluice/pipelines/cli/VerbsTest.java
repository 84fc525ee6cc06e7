/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The verbs that there are, and those that a jar for clusters lacks. */
class VerbsTest {
  /** Those of one machine have to be named, since in a jar for clusters nothing else is of them. */
  @Test
  void allVerbsOfOneMachineAreKnownByName() {
    for (Verb<?> verb : Verbs.all()) {
      assertThat(verb.name(), Verbs.isOfOneMachine(verb.name()), is(verb instanceof DriverVerb));
    }
  }

  @Test
  void aJarForClustersSaysWhereAVerbOfOneMachineRuns() {
    List<Verb<?>> verbs =
        Verbs.all().stream().filter(verb -> !(verb instanceof DriverVerb)).toList();
    UsageException e = assertThrows(UsageException.class, () -> Verbs.named("Query", verbs));
    assertThat(
        e.problems(),
        is(List.of("'Query' runs on one machine, and this jar is for clusters: ./sluice Query")));
    e = assertThrows(UsageException.class, () -> Verbs.named("quarry", verbs));
    assertThat(e.problems().get(0), startsWith("'quarry' is no verb: import, "));
  }
}
