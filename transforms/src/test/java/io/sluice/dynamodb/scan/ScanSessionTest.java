/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.scan;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.capacity.Budget;
import io.sluice.capacity.Capacity;
import io.sluice.capacity.Index;
import io.sluice.capacity.Prices;
import io.sluice.capacity.ReadForecast;
import io.sluice.capacity.ReadLoad;
import io.sluice.capacity.TableCapacity;
import io.sluice.capacity.Throttle;
import io.sluice.dynamodb.TestTable;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.item.KeyAttribute;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.junit.jupiter.api.Test;

/** Whose units a scan uses, and how many of them. */
class ScanSessionTest {
  private static final AwsOptions OPTIONS = TestScan.OPTIONS.as(AwsOptions.class);
  private static final Capacity OF_TABLE = Capacity.provisioned(1000, 10);
  private static final Capacity OF_INDEX = Capacity.provisioned(200, 10);

  private static Index index(String name, long items, long bytes) {
    return new Index(
        name, List.of(KeyAttribute.parse("zone:S")), Index.Projection.ALL, Set.of(), items, bytes);
  }

  private static ScanSpec of(String index) {
    ScanSpec spec =
        new ScanSpec(
            new TableInfo(
                "t",
                null,
                TestTable.KEY,
                List.of(index("global", 500, 1L << 30), index("local", 0, 0)),
                new TableCapacity(false, OF_TABLE, Map.of("global", OF_INDEX)),
                1000,
                1L << 40));
    spec.index = index;
    return spec;
  }

  @Test
  void aGlobalIndexHasUnitsOfItsOwnALocalOneThoseOfTheTable() {
    TableCapacity now =
        new TableCapacity(false, OF_TABLE, Map.of("global", Capacity.provisioned(50, 10)));
    assertThat(of("").capacityOf(now).readUnits(), is(1000.0));
    assertThat(of("local").capacityOf(now).readUnits(), is(1000.0));
    assertThat(of("global").capacityOf(now).readUnits(), is(50.0));
    assertThrows(
        IllegalStateException.class,
        () -> of("global").capacityOf(new TableCapacity(false, OF_TABLE, Map.of())));
  }

  @Test
  void theSizeOfATableIsNotThatOfItsIndex() {
    assertThat(of("").items(), is(1000L));
    assertThat(of("local").items(), is(0L));
    assertThat(of("global").items(), is(500L));
    assertThat(of("global").bytes(), is(1L << 30));
    assertThat("but an index may be as large", of("global").segments(), is(8192));
  }

  @Test
  void theForecastIsOfWhatIsScanned() {
    ScanSpec spec = of("");
    spec.consistent = true;
    ReadForecast table = spec.forecast(Prices.US_EAST_1);
    assertThat(table.what(), is("t"));
    assertThat(table.load(), is(new ReadLoad(1000, 1L << 40, 8192, true)));
    assertThat(table.capacity(), is(OF_TABLE));
    ReadForecast index = of("global").forecast(Prices.US_EAST_1);
    assertThat(index.what(), is("the index global of t"));
    assertThat(index.load(), is(new ReadLoad(500, 1L << 30, 8192, false)));
    assertThat(index.capacity(), is(OF_INDEX));
  }

  @Test
  void eachReaderBringsItsShareOfTheBudget() {
    try (EmbeddedDynamoDb db =
        EmbeddedDynamoDb.start(TestTable.settings(TestTable.table().withProvisioned(10, 400)))) {
      ScanSpec spec = TestScan.spec(db, s -> s.setBudget(Budget.ofRatio(0.5).withWorkers(4)));
      ScanSession one = ScanSession.enter(spec, OPTIONS);
      assertThat(allowed(one), is(50.0));
      ScanSession other = ScanSession.enter(spec, OPTIONS);
      assertThat(other, is(sameInstance(one)));
      assertThat(allowed(one), is(100.0));
      one.leave();
      assertThat(allowed(one), is(50.0));
      assertThat(one.endIfUnused(), is(false));
      other.leave();
      assertThat(one.endIfUnused(), is(true));
    }
  }

  private static double allowed(ScanSession session) {
    Throttle.Usage usage = session.throttle().usage();
    return usage.allowed();
  }
}
