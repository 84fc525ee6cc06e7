/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expiry;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.localaws.dynamodb.feed.Client;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SweeperTest {

  private static final long NOW = 1_700_000_000;

  private final Client client = new Client();
  private String arn;

  @BeforeEach
  void create() {
    arn = client.create("t1t", "NEW_AND_OLD_IMAGES");
    timeToLive(true);
  }

  private void timeToLive(boolean enabled) {
    client.ok(
        "UpdateTimeToLive",
        "{'TableName':'t1t','TimeToLiveSpecification':{'AttributeName':'t','Enabled':"
            + enabled
            + "}}");
  }

  private void put(String hash, String time) {
    client.put("t1t", hash, ",'t':" + time);
  }

  private List<Object> hashes() {
    return ((List<?>) client.ok("Scan", "{'TableName':'t1t'}").get("Items"))
        .stream()
            .map(item -> (Map<?, ?>) ((Map<?, ?>) item).get("h"))
            .<Object>map(hash -> hash.get("S"))
            .sorted()
            .toList();
  }

  @Test
  void deletesWhatHasExpired() {
    put("past", "{'N':'" + (NOW - 1) + "'}");
    put("now", "{'N':'" + NOW + "'}");
    put("fraction", "{'N':'" + (NOW - 1) + ".5'}");
    put("future", "{'N':'" + (NOW + 60) + "'}");
    assertThat(client.sweep(), is(2L));
    assertThat(hashes(), is(List.of("future", "now")));
    client.clock().move(Duration.ofSeconds(61));
    assertThat(client.sweep(), is(2L));
    assertThat(hashes(), is(List.of()));
  }

  @Test
  void keepsWhatHasNoTimeOrOneThatIsAMistake() {
    long fiveYears = Instant.parse("2018-11-14T22:13:20Z").getEpochSecond();
    client.put("t1t", "none", "");
    put("text", "{'S':'" + (NOW - 1) + "'}");
    put("list", "{'L':[{'N':'" + (NOW - 1) + "'}]}");
    put("five years", "{'N':'" + fiveYears + "'}");
    put("older", "{'N':'" + (fiveYears - 1) + "'}");
    put("milliseconds", "{'N':'" + NOW + "000'}");
    put("negative", "{'N':'-1'}");
    assertThat(client.sweep(), is(1L));
    assertThat(hashes(), is(List.of("list", "milliseconds", "negative", "none", "older", "text")));
  }

  @Test
  void goesOnWhenATableIsDeletedMeanwhile() {
    for (String table : List.of("t2t", "t3t")) {
      client.create(table, "KEYS_ONLY");
      client.ok(
          "UpdateTimeToLive",
          "{'TableName':'"
              + table
              + "','TimeToLiveSpecification':{'AttributeName':'t','Enabled':true}}");
      client.put(table, "past", ",'t':{'N':'1699999999'}");
    }
    put("past", "{'N':'1699999999'}");
    client.listen("t1t", (key, change) -> client.ok("DeleteTable", "{'TableName':'t2t'}"));

    assertThat(client.sweep(), is(2L));
  }

  @Test
  void keepsEverythingWhenTimeToLiveIsDisabled() {
    put("past", "{'N':'1699999999'}");
    timeToLive(false);
    assertThat(client.sweep(), is(0L));
    assertThat(hashes(), is(List.of("past")));
  }

  @Test
  void tellsStreamsThatItWasTheService() {
    put("past", "{'N':'1699999999'}");
    client.sweep();
    String shard = (String) client.shards(arn).get(0).get("ShardId");
    List<Map<?, ?>> records =
        Client.records(client.page(client.iterator(arn, shard, "TRIM_HORIZON")));
    assertThat(records.size(), is(2));
    assertThat(records.get(0).containsKey("userIdentity"), is(false));
    assertThat(records.get(1).get("eventName"), is("REMOVE"));
    assertThat(
        records.get(1).get("userIdentity"),
        is(Map.of("PrincipalId", "dynamodb.amazonaws.com", "Type", "Service")));
    assertThat(
        ((Map<?, ?>) ((Map<?, ?>) records.get(1).get("dynamodb")).get("OldImage")).get("t"),
        is(Map.of("N", "1699999999")));
  }

  @Test
  void goesOnWithOtherTablesAfterAnError() {
    client.create("t2t", "KEYS_ONLY");
    client.ok(
        "UpdateTimeToLive",
        "{'TableName':'t2t','TimeToLiveSpecification':{'AttributeName':'t','Enabled':true}}");
    put("past", "{'N':'1699999999'}");
    client.put("t2t", "past", ",'t':{'N':'1699999999'}");
    client
        .tables()
        .get("t1t")
        .store()
        .listen(
            (key, change) -> {
              throw new StackOverflowError();
            });
    assertThat(client.sweep(), is(1L));
    assertThat(client.ok("Scan", "{'TableName':'t2t'}").get("Items"), is(List.of()));
  }
}
