/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.table;

import io.sluice.capacity.Throttle;
import io.sluice.testing.LocalAws;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/** A table of 5 write units, with the indexes by-day of 3 and by-hour of 400. */
record ProvisionedTable(String name) {
  static final DynamoDbClient CLIENT = LocalAws.shared().dynamodb();
  static final Map<String, Long> BEFORE = Map.of(Throttle.TABLE, 5L, "by-day", 3L, "by-hour", 400L);

  static ProvisionedTable create() {
    String name = "t-" + UUID.randomUUID();
    CLIENT.createTable(
        create ->
            create
                .tableName(name)
                .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH))
                .attributeDefinitions(
                    a -> a.attributeName("id").attributeType(ScalarAttributeType.S),
                    a -> a.attributeName("day").attributeType(ScalarAttributeType.S))
                .globalSecondaryIndexes(index("by-day", 3), index("by-hour", 400))
                .provisionedThroughput(units(5)));
    return new ProvisionedTable(name);
  }

  private static GlobalSecondaryIndex index(String name, long writes) {
    return GlobalSecondaryIndex.builder()
        .indexName(name)
        .keySchema(k -> k.attributeName("day").keyType(KeyType.HASH))
        .projection(p -> p.projectionType("ALL"))
        .provisionedThroughput(units(writes))
        .build();
  }

  private static ProvisionedThroughput units(long writes) {
    return ProvisionedThroughput.builder().readCapacityUnits(2L).writeCapacityUnits(writes).build();
  }

  void set(long writes) {
    CLIENT.updateTable(u -> u.tableName(name).provisionedThroughput(units(writes)));
  }

  Map<String, Long> writes() {
    Map<String, Long> writes = new TreeMap<>();
    DescribeTable.find(name, CLIENT)
        .map(WriteUnits::of)
        .orElseThrow()
        .lanes()
        .forEach((index, lane) -> writes.put(index, lane.writes()));
    return writes;
  }

  Map<String, String> tags() {
    return CLIENT.listTagsOfResource(r -> r.resourceArn(arn())).tags().stream()
        .collect(Collectors.toMap(Tag::key, Tag::value));
  }

  String arn() {
    return CLIENT.describeTable(d -> d.tableName(name)).table().tableArn();
  }

  /**
   * A client of a program that is killed after some requests: no more is sent, none is heard of.
   */
  static final class Mortal implements ExecutionInterceptor {
    private final List<String> heard = new ArrayList<>();
    private final int most;
    private boolean isDead;

    Mortal(int most) {
      this.most = most;
    }

    DynamoDbClient client() {
      return DynamoDbClient.builder()
          .endpointOverride(LocalAws.shared().dynamodbEndpoint())
          .region(LocalAws.shared().region())
          .credentialsProvider(LocalAws.shared().credentials())
          .httpClientBuilder(ApacheHttpClient.builder())
          .overrideConfiguration(o -> o.addExecutionInterceptor(this))
          .build();
    }

    List<String> heard() {
      return heard;
    }

    boolean isDead() {
      return isDead;
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
      if (isDead) {
        throw new IllegalStateException("dead");
      }
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
      heard.add(context.request().getClass().getSimpleName());
      if (heard.size() == most) {
        isDead = true;
        throw new IllegalStateException("killed");
      }
    }
  }
}
