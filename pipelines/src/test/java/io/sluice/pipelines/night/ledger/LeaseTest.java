/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.pipelines.cli.JobException;
import io.sluice.snapshot.Folder;
import io.sluice.snapshot.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LeaseTest {
  /** A process of a machine that nobody here knows anything about. */
  private static final LeaseOwner ELSEWHERE = new LeaseOwner("elsewhere", "m", 1, "then");

  private static final int NEVER = Integer.MAX_VALUE;

  @TempDir Path folder;

  private final List<String> lost = new ArrayList<>();

  @BeforeAll
  static void reachFileSystems() {
    Place.options();
  }

  private Lease take(Folder folder, LeaseOwner owner, int staleSeconds) throws IOException {
    return Lease.take(folder, owner, staleSeconds, lost::add);
  }

  @ParameterizedTest
  @EnumSource
  void oneHasItUntilItIsGivenBack(Place place) throws IOException {
    Folder lease = Folder.of(place.newOutput(folder));
    Lease first = take(lease, ELSEWHERE, NEVER);
    first.beat();
    JobException e = assertThrows(JobException.class, () -> take(lease, ELSEWHERE, NEVER));
    assertThat(
        e.getMessage(),
        containsString("is being run by process 1 on elsewhere, whose last sign of life is"));
    first.beat();
    assertThat("a refused one takes nothing away", lost, is(empty()));
    first.close();
    Lease second = take(lease, ELSEWHERE, NEVER);
    assertThat(second.taken(), is(greaterThanOrEqualTo(first.taken())));
    assertThat(lease.list("*").keySet(), contains("000000000002.json"));
  }

  @ParameterizedTest
  @EnumSource
  void whoIsSilentLosesItAndHearsOfThat(Place place) throws IOException {
    Folder lease = Folder.of(place.newOutput(folder));
    Lease silent = take(lease, ELSEWHERE, NEVER);
    Lease second = take(lease, ELSEWHERE, 0);
    silent.beat();
    silent.beat();
    assertThat(lost, contains("another start of this night has taken over"));
    silent.close();
    second.beat();
    assertThat("the end of the first is not that of the second", lost.size(), is(1));
    assertThrows(JobException.class, () -> take(lease, ELSEWHERE, NEVER));
  }

  @Test
  void aProcessOfThisMachineThatHasEndedIsNotWaitedFor() throws Exception {
    LeaseOwner self = LeaseOwner.self();
    Folder lease = Folder.of(folder.resolve("lease").toString());
    take(lease, self, NEVER);
    assertThrows(JobException.class, () -> take(lease, ELSEWHERE, NEVER));

    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    Folder other = Folder.of(folder.resolve("other").toString());
    take(other, new LeaseOwner(self.host(), self.machine(), ended.pid(), self.began()), NEVER);
    take(other, ELSEWHERE, NEVER);

    // Another process that has the same id now began at another time.
    Folder third = Folder.of(folder.resolve("third").toString());
    take(third, new LeaseOwner(self.host(), self.machine(), self.pid(), "then"), NEVER);
    take(third, ELSEWHERE, NEVER);

    // What runs elsewhere may be alive.
    Folder fourth = Folder.of(folder.resolve("fourth").toString());
    take(fourth, new LeaseOwner(self.host(), "m", ended.pid(), self.began()), NEVER);
    assertThrows(JobException.class, () -> take(fourth, self, NEVER));
  }
}
