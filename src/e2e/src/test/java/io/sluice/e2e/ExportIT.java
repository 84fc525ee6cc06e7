/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.dynamodb.table.DescribeDefinition;
import io.sluice.dynamodb.table.TableDefinition;
import io.sluice.e2e.Runs.Run;
import io.sluice.item.ItemDiff;
import io.sluice.testing.AlikeItems;
import io.sluice.testing.LocalAws;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The export as a user runs it, on every runner: the jar, DynamoDB, S3, and what comes back. */
class ExportIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final LocalAws AWS = LocalAws.shared();
  private static final int SHAPES = 25;
  private static final List<String> ROUND_TRIPS =
      List.of("PARQUET", "AVRO", "DYNAMODB_JSON", "ION");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"direct", "flink", "spark"})
  void whatGoesOutComesBackAsItWas(String profile) throws IOException {
    Map<String, Map<String, AttributeValue>> items = makeTable("out_" + profile, SHAPES);
    List<List<String>> jobs = new ArrayList<>();
    for (String format : ROUND_TRIPS) {
      jobs.add(
          List.of(
              "--pipeline=export",
              "--local",
              "--dynamodbEndpoint=" + AWS.dynamodbEndpoint(),
              "--s3Endpoint=" + AWS.s3Endpoint(),
              "--table=out_" + profile,
              "--output=" + output(format),
              "--outputFormat=" + format,
              "--snapshotTimestamp=2030-01-01T00:00:00Z",
              "--readRatio=1",
              "--report=" + report(format)));
      jobs.add(
          List.of(
              "--pipeline=import",
              "--local",
              "--dynamodbEndpoint=" + AWS.dynamodbEndpoint(),
              "--s3Endpoint=" + AWS.s3Endpoint(),
              "--input=" + place(profile, format) + data(format),
              "--format=" + format,
              "--table=" + in(profile, format),
              "--createTable=FROM_SNAPSHOT"));
    }
    List<Run> runs = Runs.inOneJvm(profile, jobs);

    for (int i = 0; i < ROUND_TRIPS.size(); i++) {
      String format = ROUND_TRIPS.get(i);
      runs.get(2 * i).mustHaveExited(0);
      JsonNode told = JSON.readTree(report(format).toFile());
      assertThat(format, told.at("/counts/read").asInt(), is(items.size()));
      assertThat(format, told.at("/counts/written").asInt(), is(items.size()));
      assertThat(format, told.get("addsUp").asBoolean(), is(true));
      String place = told.at("/snapshot/place").asText();
      assertThat(place, is(place(profile, format)));
      if (format.equals("DYNAMODB_JSON")) {
        assertThat(
            arnIn(place),
            is(
                AWS.dynamodb()
                    .describeTable(t -> t.tableName("out_" + profile))
                    .table()
                    .tableArn()));
      } else if (format.equals("PARQUET")) {
        assertThat(
            Snapshots.query(
                output(format),
                "select count(*), count(distinct pk) from out_" + profile,
                "--local",
                "--s3Endpoint=" + AWS.s3Endpoint()),
            matchesPattern(items.size() + " +" + items.size()));
      }
      runs.get(2 * i + 1).mustHaveExited(0);
      assertThat(format, definition(in(profile, format)), is(definition("out_" + profile)));
      Map<String, Map<String, AttributeValue>> back = contents(in(profile, format));
      assertThat(format, back.keySet(), is(items.keySet()));
      items.forEach(
          (key, item) ->
              // DynamoDB may spell a number in another way than it was put.
              assertThat(format + " " + key, ItemDiff.differing(item, back.get(key)), is(empty())));
    }
  }

  private static TableDefinition definition(String table) {
    return DescribeDefinition.named(table, AWS.dynamodb(), why -> {}).orElseThrow();
  }

  private static String output(String format) {
    return "s3://" + AWS.bucket() + "/exports/" + format;
  }

  private static String place(String profile, String format) {
    return output(format)
        + "/snapshots_out_"
        + profile
        + "/snapshot_timestamp=2030-01-01T00-00-00Z/";
  }

  private static String in(String profile, String format) {
    return ("in_" + profile + "_" + format).toLowerCase(Locale.ROOT);
  }

  private Path report(String format) {
    return folder.resolve(format + ".json");
  }

  /** What the summary of a native export calls the table. */
  private static String arnIn(String place) throws IOException {
    String prefix = place.substring(("s3://" + AWS.bucket() + "/").length());
    String summary =
        AWS
            .s3()
            .listObjectsV2(l -> l.bucket(AWS.bucket()).prefix(prefix + "AWSDynamoDB/"))
            .contents()
            .stream()
            .map(S3Object::key)
            .filter(key -> key.endsWith("/manifest-summary.json"))
            .findFirst()
            .orElseThrow();
    return JSON.readTree(
            AWS.s3().getObjectAsBytes(g -> g.bucket(AWS.bucket()).key(summary)).asByteArray())
        .get("tableArn")
        .asText();
  }

  private static String data(String format) {
    return switch (format) {
      case "PARQUET" -> "*.parquet";
      case "AVRO" -> "*.avro";
      case "ION" -> "AWSDynamoDB/*/data/*.ion.gz";
      default -> "AWSDynamoDB/*/data/*.json.gz";
    };
  }

  /**
   * Makes a table of items of many shapes, and gives its contents. It has an index, a stream, tags
   * and a time to live, of attributes that no item has.
   */
  private static Map<String, Map<String, AttributeValue>> makeTable(String table, int shapes) {
    AWS.dynamodb()
        .createTable(
            t ->
                t.tableName(table)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .keySchema(k -> k.attributeName("pk").keyType(KeyType.HASH))
                    .attributeDefinitions(
                        a -> a.attributeName("pk").attributeType(ScalarAttributeType.S),
                        a -> a.attributeName("in one").attributeType(ScalarAttributeType.N),
                        a -> a.attributeName("in two").attributeType(ScalarAttributeType.B))
                    .globalSecondaryIndexes(
                        index ->
                            index
                                .indexName("by-two")
                                .keySchema(
                                    k -> k.attributeName("in two").keyType(KeyType.HASH),
                                    k -> k.attributeName("in one").keyType(KeyType.HASH))
                                .projection(p -> p.projectionType(ProjectionType.KEYS_ONLY)))
                    .streamSpecification(
                        s -> s.streamEnabled(true).streamViewType(StreamViewType.OLD_IMAGE))
                    .tags(tag -> tag.key("team").value("blue")));
    AWS.dynamodb()
        .updateTimeToLive(
            u ->
                u.tableName(table)
                    .timeToLiveSpecification(ttl -> ttl.attributeName("ends at").enabled(true)));
    for (int shape = 0; shape < shapes; shape++) {
      for (Map<String, AttributeValue> item : AlikeItems.of(new Random(shape))) {
        Map<String, AttributeValue> unique = new HashMap<>(item);
        unique.put("pk", AttributeValue.fromS(shape + " " + item.get("pk").s()));
        AWS.dynamodb().putItem(p -> p.tableName(table).item(unique));
      }
    }
    return contents(table);
  }

  /** The items of a table by their key. */
  private static Map<String, Map<String, AttributeValue>> contents(String table) {
    Map<String, Map<String, AttributeValue>> items = new HashMap<>();
    AWS.dynamodb()
        .scanPaginator(scan -> scan.tableName(table).consistentRead(true))
        .items()
        .forEach(item -> items.put(item.get("pk").s(), item));
    return items;
  }
}
