/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.feed;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Enables and disables streams, and lists them. */
class StreamLifeTest {

  private static final String ENABLE =
      "{'TableName':'t1t','StreamSpecification':{'StreamEnabled':true,"
          + "'StreamViewType':'NEW_IMAGE'}}";
  private static final String DISABLE =
      "{'TableName':'t1t','StreamSpecification':{'StreamEnabled':false}}";

  private final Client client = new Client();

  private Map<?, ?> table() {
    return (Map<?, ?>) client.ok("DescribeTable", "{'TableName':'t1t'}").get("Table");
  }

  private List<?> list(String request) {
    return ((List<?>) client.ok("ListStreams", request).get("Streams"))
        .stream().map(stream -> ((Map<?, ?>) stream).get("StreamArn")).toList();
  }

  @Test
  void describesAStream() {
    String arn = client.create("t1t", "OLD_IMAGE");
    assertThat(
        arn,
        is("arn:aws:dynamodb:eu-west-1:000000000000:table/t1t/stream/2023-11-14T22:13:20.000"));
    Map<?, ?> stream = client.describe(arn);
    assertThat(stream.get("StreamArn"), is(arn));
    assertThat(stream.get("StreamLabel"), is("2023-11-14T22:13:20.000"));
    assertThat(stream.get("StreamStatus"), is("ENABLED"));
    assertThat(stream.get("StreamViewType"), is("OLD_IMAGE"));
    assertThat(stream.get("TableName"), is("t1t"));
    assertThat(stream.get("CreationRequestDateTime"), is(new BigDecimal("1700000000.000")));
    assertThat(
        stream.get("KeySchema"),
        is(
            List.of(
                Map.of("AttributeName", "h", "KeyType", "HASH"),
                Map.of("AttributeName", "r", "KeyType", "RANGE"))));
    assertThat((List<?>) stream.get("Shards"), hasSize(1));
    assertThat(table().get("LatestStreamArn"), is(arn));
  }

  @Test
  void enablesDisablesAndEnablesAgain() {
    client.create("t1t");
    client.put("t1t", "before", "");
    assertThat(table().containsKey("LatestStreamArn"), is(false));
    client.ok("UpdateTable", ENABLE);
    String first = (String) table().get("LatestStreamArn");
    client.put("t1t", "a", "");
    client.ok("UpdateTable", DISABLE);
    client.put("t1t", "unseen", "");
    assertThat(client.describe(first).get("StreamStatus"), is("DISABLED"));
    assertThat(table().get("LatestStreamArn"), is(first));
    assertThat(table().containsKey("StreamSpecification"), is(false));
    Map<String, Object> page =
        client.page(client.iterator(first, client.shardIds(first).get(0), "TRIM_HORIZON"));
    assertThat(Client.records(page), hasSize(1));
    assertThat(Client.next(page), is(Optional.empty()));
    client.ok("UpdateTable", ENABLE);
    String second = (String) table().get("LatestStreamArn");
    assertThat(second, is(not(first)));
    client.put("t1t", "b", "");
    assertThat(client.all(second), hasSize(1));
    assertThat(client.all(first), hasSize(1));
    assertThat(list("{'TableName':'t1t'}"), is(List.of(first, second)));
  }

  @Test
  void forgetsADisabledStreamAfterADay() {
    String arn = client.create("t1t", "KEYS_ONLY");
    client.clock().move(Duration.ofHours(30));
    client.put("t1t", "a", "");
    client.ok("DeleteTable", "{'TableName':'t1t'}");
    client.clock().move(Duration.ofHours(23));
    assertThat(client.all(arn), hasSize(1));
    client.clock().move(Duration.ofHours(1));
    assertThat(list("{}"), is(empty()));
    assertThat(
        client.error("DescribeStream", "{'StreamArn':'" + arn + "'}"),
        is(
            "ResourceNotFoundException: Requested resource not found: Stream: "
                + arn
                + " not found"));
  }

  @Test
  void keepsTheStreamsOfTablesThatHaveTheSameName() {
    String first = client.create("t1t", "KEYS_ONLY");
    client.ok("DeleteTable", "{'TableName':'t1t'}");
    String second = client.create("t1t", "KEYS_ONLY");
    client.put("t1t", "a", "");
    assertThat(client.all(first), is(empty()));
    assertThat(client.all(second), hasSize(1));
  }

  @Test
  void startsNoStreamForATableThatCannotBeCreated() {
    String arn = client.create("t1t", "KEYS_ONLY");
    client.error(
        "CreateTable",
        "{'TableName':'t1t','BillingMode':'PAY_PER_REQUEST','StreamSpecification':"
            + "{'StreamEnabled':true,'StreamViewType':'KEYS_ONLY'},'KeySchema':[{'AttributeName':"
            + "'h','KeyType':'HASH'}],'AttributeDefinitions':[{'AttributeName':'h',"
            + "'AttributeType':'S'}]}");
    assertThat(list("{}"), is(List.of(arn)));
  }

  @Test
  void listsStreamsByPages() {
    List<String> arns =
        List.of(
            client.create("a-a", "KEYS_ONLY"),
            client.create("b-b", "KEYS_ONLY"),
            client.create("c-c", "KEYS_ONLY"));
    Map<String, Object> page = client.ok("ListStreams", "{'Limit':2}");
    assertThat(page.get("LastEvaluatedStreamArn"), is(arns.get(1)));
    assertThat(list("{'Limit':2}"), is(arns.subList(0, 2)));
    assertThat(list("{'ExclusiveStartStreamArn':'" + arns.get(1) + "'}"), is(arns.subList(2, 3)));
    assertThat(list("{'TableName':'b-b'}"), is(arns.subList(1, 2)));
    assertThat(list("{'TableName':'none'}"), is(empty()));
  }
}
