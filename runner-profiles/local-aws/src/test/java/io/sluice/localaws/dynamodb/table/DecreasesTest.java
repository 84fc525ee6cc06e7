/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often provisioned throughput may fall, by a clock of its own. */
class DecreasesTest {
  private Instant now = Instant.parse("2026-11-30T12:00:00Z");
  private final Tables tables = new Tables(() -> now);

  @BeforeEach
  void create() {
    tables.create(
        Requests.tree(
            "{'TableName':'tab',"
                + Requests.attributes("a", "b")
                + ","
                + Requests.keys("aH")
                + ","
                + units(100)
                + ",'GlobalSecondaryIndexes':[{'IndexName':'idx',"
                + Requests.keys("bH")
                + ",'Projection':{'ProjectionType':'ALL'},"
                + units(100)
                + "}]}"),
        "eu-west-1");
  }

  private static String units(int writes) {
    return "'ProvisionedThroughput':{'ReadCapacityUnits':5,'WriteCapacityUnits':" + writes + "}";
  }

  private void update(String members) {
    tables.update(Requests.tree("{'TableName':'tab'," + members + "}"));
  }

  private static String index(int writes) {
    return "'GlobalSecondaryIndexUpdates':[{'Update':{'IndexName':'idx'," + units(writes) + "}}]";
  }

  private String described() throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      TableJson.write(json, tables.get("tab"), "ACTIVE");
    }
    return text.toString().replace('"', '\'');
  }

  private void decreaseFourTimes() {
    for (int writes = 90; writes > 50; writes -= 10) {
      update(units(writes));
    }
  }

  @Test
  void theFifthOfADayWaitsForAnHour() throws IOException {
    decreaseFourTimes();
    assertThat(
        described(),
        containsString(
            "'ProvisionedThroughput':{'LastDecreaseDateTime':1796040000.000,"
                + "'NumberOfDecreasesToday':4,"));
    now = now.plus(Duration.ofMinutes(59));
    DynamoDbException refused = assertThrows(DynamoDbException.class, () -> update(units(10)));
    assertThat(refused.type(), is("LimitExceededException"));
    assertThat(
        refused.getMessage(),
        containsString(
            "Number of decreases today: 4. Last decrease at Monday, November 30, 2026 12:00:00 PM"
                + " UTC. Next decrease can be made at Monday, November 30, 2026 1:00:00 PM UTC"));
    // It may rise.
    update(units(70));
    now = now.plus(Duration.ofMinutes(1));
    update(units(10));
    assertThat(described(), containsString("'NumberOfDecreasesToday':5,"));
    assertThrows(DynamoDbException.class, () -> update(units(9)));
  }

  @Test
  void anotherDayIsAnotherFour() throws IOException {
    now = Instant.parse("2026-11-30T23:50:00Z");
    decreaseFourTimes();
    now = Instant.parse("2026-12-01T00:00:00Z");
    assertThat(described(), containsString("'NumberOfDecreasesToday':0,"));
    update(units(10));
    assertThat(described(), containsString("'NumberOfDecreasesToday':1,"));
  }

  @Test
  void anIndexIsCountedByItselfAndARequestIsDoneWholeOrNot() throws IOException {
    decreaseFourTimes();
    assertThrows(DynamoDbException.class, () -> update(units(10) + "," + index(10)));
    assertThat(described(), containsString("'NumberOfDecreasesToday':0,"));
    update(index(10));
    assertThat(
        tables.get("tab").definition().index("idx").orElseThrow().throughput().write(), is(10L));
    assertThat(tables.get("tab").definition().throughput().write(), is(60L));
  }
}
