/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.capacity.Throttle;
import io.sluice.dynamodb.table.ProvisionedTable.Mortal;
import io.sluice.testing.LocalAws;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/** Write units that are raised for a run, which ends well, fails or is killed. */
@Timeout(120)
class RaiseCapacityTest {
  private static final Map<String, Long> WANTED =
      Map.of(Throttle.TABLE, 50L, "by-day", 30L, "by-hour", 30L);
  private static final Map<String, Long> RAISED =
      Map.of(Throttle.TABLE, 50L, "by-day", 30L, "by-hour", 400L);

  private final List<String> told = new ArrayList<>();
  private Instant now = Instant.now();

  private RaiseCapacity run(String name, String table, DynamoDbClient client) {
    return new RaiseCapacity(table, client, name, () -> now, told::add);
  }

  private RaiseCapacity run(String name, ProvisionedTable table) {
    return run(name, table.name(), ProvisionedTable.CLIENT);
  }

  @Test
  void itIsRaisedAndPutBack() {
    ProvisionedTable table = ProvisionedTable.create();
    ProvisionedTable.CLIENT.tagResource(
        t -> t.resourceArn(table.arn()).tags(Tag.builder().key("team").value("data").build()));
    RaisedCapacity raised = run("a", table).raise(WANTED).orElseThrow();
    assertThat(table.writes(), is(RAISED));
    assertThat(
        table.tags().get(CapacityMark.TAG),
        matchesPattern(
            "words=5 run=a renewed=\\S+Z mode=provisioned table=5:50 index/by-day=3:30"));
    raised.putBack();
    raised.putBack();
    assertThat(table.writes(), is(ProvisionedTable.BEFORE));
    assertThat(table.tags(), is(Map.of("team", "data")));
    assertThat(
        told,
        contains(
            "the write capacity of "
                + table.name()
                + " is raised from 5 to 50 until the end of the run",
            "the write capacity of index by-day of "
                + table.name()
                + " is raised from 3 to 30 until the end of the run",
            "the write units of " + table.name() + " are put back from 50 to 5",
            "the write units of index by-day of " + table.name() + " are put back from 30 to 3"));
  }

  @Test
  void nothingIsLowered() {
    ProvisionedTable table = ProvisionedTable.create();
    assertThat(run("a", table).raise(Map.of(Throttle.TABLE, 4L)), is(Optional.empty()));
    assertThat(table.writes(), is(ProvisionedTable.BEFORE));
    assertThat(table.tags(), is(Map.of()));
    assertThat(told, contains(containsString("is enough: nothing is raised")));
  }

  /** Kills a run after each of its requests in turn; the next one is of another size. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whateverKillsItTheCapacityComesBack(boolean byAnotherRun) {
    List<Map<String, Long>> left = new ArrayList<>();
    int requests = 1;
    while (true) {
      ProvisionedTable table = ProvisionedTable.create();
      Mortal mortal = new Mortal(requests);
      try (DynamoDbClient client = mortal.client()) {
        run("killed", table.name(), client).raise(WANTED).orElseThrow().putBack();
      } catch (RuntimeException e) {
        assertThat(e.toString(), mortal.isDead(), is(true));
      }
      if (!mortal.isDead()) {
        assertThat(mortal.heard(), hasItem("UntagResourceRequest"));
        break;
      }
      left.add(table.writes());
      now = now.plus(Duration.ofMinutes(21));
      if (byAnotherRun) {
        run("next", table).raise(Map.of(Throttle.TABLE, 70L)).orElseThrow().putBack();
      } else {
        run("next", table).restore();
      }
      assertThat("after " + mortal.heard(), table.writes(), is(ProvisionedTable.BEFORE));
      assertThat("after " + mortal.heard(), table.tags(), is(Map.of()));
      requests++;
    }
    // It was killed with the capacity raised, and before, and afterwards.
    assertThat(left.stream().filter(RAISED::equals).count(), greaterThan(1L));
    assertThat(left.get(0), is(ProvisionedTable.BEFORE));
    assertThat(left.get(left.size() - 1), is(ProvisionedTable.BEFORE));
  }

  /** The second one is killed while it takes over from the first. */
  @Test
  void aKilledSuccessorKeepsTheOriginalFigures() {
    int requests = 1;
    boolean wasKilled = true;
    while (wasKilled) {
      ProvisionedTable table = ProvisionedTable.create();
      assertThat(run("first", table).raise(WANTED).isPresent(), is(true));
      now = now.plus(Duration.ofMinutes(21));
      Mortal mortal = new Mortal(requests);
      try (DynamoDbClient client = mortal.client()) {
        run("second", table.name(), client).raise(Map.of(Throttle.TABLE, 70L));
      } catch (RuntimeException e) {
        assertThat(e.toString(), mortal.isDead(), is(true));
      }
      wasKilled = mortal.isDead();
      run("third", table).restore();
      assertThat("after " + mortal.heard(), table.writes(), is(ProvisionedTable.BEFORE));
      assertThat(table.tags(), is(Map.of()));
      requests++;
    }
    assertThat(requests, greaterThan(8));
  }

  @Test
  void aRunThatIsAliveIsLeftAlone() {
    ProvisionedTable table = ProvisionedTable.create();
    RaisedCapacity first = run("first", table).raise(WANTED).orElseThrow();
    now = now.plus(Duration.ofMinutes(15));
    first.renew();
    now = now.plus(Duration.ofMinutes(15));
    RaiseRefusedException refused =
        assertThrows(
            RaiseRefusedException.class,
            () -> run("second", table).raise(Map.of(Throttle.TABLE, 70L)));
    assertThat(refused.getMessage(), startsWith("the run first has raised the capacity of "));
    assertThat(table.writes(), is(RAISED));
    now = now.plus(Duration.ofMinutes(6));
    RaisedCapacity second = run("second", table).raise(Map.of(Throttle.TABLE, 70L)).orElseThrow();
    assertThat(table.writes().get(Throttle.TABLE), is(70L));
    // It had only been asleep.
    first.renew();
    first.putBack();
    assertThat(told.get(told.size() - 1), startsWith("the run second has taken over"));
    assertThat(table.writes().get(Throttle.TABLE), is(70L));
    second.putBack();
    assertThat(table.writes(), is(ProvisionedTable.BEFORE));
    assertThat(table.tags(), is(Map.of()));
  }

  @Test
  void whatSomebodyElseChangedStays() {
    ProvisionedTable table = ProvisionedTable.create();
    RaisedCapacity raised = run("a", table).raise(WANTED).orElseThrow();
    table.set(77);
    raised.putBack();
    assertThat(table.writes(), is(Map.of(Throttle.TABLE, 77L, "by-day", 3L, "by-hour", 400L)));
    assertThat(table.tags(), is(Map.of()));
    assertThat(
        told,
        hasItem(
            allOf(
                containsString("were changed to 77 by somebody else"),
                containsString("were 5 before"))));
  }

  @Test
  void itIsNotRaisedWithoutADecreaseLeft() {
    ProvisionedTable table = ProvisionedTable.create();
    for (long writes : new long[] {4, 3, 2, 1}) {
      table.set(writes);
    }
    RaiseRefusedException refused =
        assertThrows(RaiseRefusedException.class, () -> run("a", table).raise(WANTED));
    assertThat(refused.getMessage(), containsString("was decreased 4 times today (UTC)"));
    assertThat(table.writes().get(Throttle.TABLE), is(1L));
    assertThat(table.tags(), is(Map.of()));
    // That of an index is counted by itself.
    run("a", table).raise(Map.of("by-day", 9L)).orElseThrow().putBack();
    // An hour later there is one more; DynamoDB's clock has not moved, and it refuses.
    now = now.plus(Duration.ofMinutes(61));
    RaisedCapacity raised = run("a", table).raise(WANTED).orElseThrow();
    assertThat(
        assertThrows(RaiseRefusedException.class, raised::putBack).getMessage(),
        allOf(containsString("stays raised"), containsString("Next decrease can be made at")));
    assertThat(table.writes().get(Throttle.TABLE), is(50L));
    assertThat(table.tags().keySet(), contains(CapacityMark.TAG));
  }

  @Test
  void theMaximumOfATableOnDemandIsRaised() {
    String name = "t-" + UUID.randomUUID();
    DynamoDbClient client = LocalAws.shared().dynamodb();
    client.createTable(
        create ->
            create
                .tableName(name)
                .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH))
                .attributeDefinitions(
                    a -> a.attributeName("id").attributeType(ScalarAttributeType.S))
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .onDemandThroughput(m -> m.maxWriteRequestUnits(9L)));
    RaisedCapacity raised = run("a", name, client).raise(WANTED).orElseThrow();
    ProvisionedTable table = new ProvisionedTable(name);
    assertThat(table.writes(), is(Map.of(Throttle.TABLE, 50L)));
    raised.putBack();
    assertThat(table.writes(), is(Map.of(Throttle.TABLE, 9L)));
    client.updateTable(u -> u.tableName(name).onDemandThroughput(m -> m.maxWriteRequestUnits(-1L)));
    assertThat(run("a", name, client).raise(WANTED), is(Optional.empty()));
    assertThat(
        told.get(told.size() - 1),
        is("the table " + name + " is on demand and has no maximum: there is nothing to raise"));
  }

  @Test
  void aProgramThatEndsPutsBackAtOnce() throws InterruptedException {
    ProvisionedTable table = ProvisionedTable.create();
    RaisedCapacity raised = run("a", table).raise(WANTED).orElseThrow();
    assertThat(raised.putBackAtOnce(), is(true));
    assertThat(table.writes(), is(ProvisionedTable.BEFORE));
    assertThat(table.tags(), is(Map.of()));
    told.clear();
    raised.putBack();
    raised.renew();
    assertThat(told, empty());
    assertThat(table.tags(), is(Map.of()));
  }
}
