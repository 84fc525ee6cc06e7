/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.dynamodb.write.WriteSpec;
import io.sluice.dynamodb.write.WriteTable;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.SourcedItem;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.TableSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A table of an embedded DynamoDB, the access to it, and items for it. */
public final class TestTable {
  public static final KeySchema KEY = KeySchema.of(KeyAttribute.parse("id:S"));

  private TestTable() {}

  /** An on-demand table with a name of its own that takes as much as is sent. */
  public static TableSettings table() {
    return TableSettings.of("t-" + UUID.randomUUID(), "id:S").withWarm(200_000, 12_000);
  }

  public static ClientConfiguration client(EmbeddedDynamoDb db) {
    return ClientConfiguration.builder()
        .endpoint(db.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
        .build();
  }

  /** Returns the settings for writing to the endpoint's table with half of its capacity. */
  public static WriteSpec spec(EmbeddedDynamoDb db) {
    return spec(db, KEY);
  }

  /** Returns them for a table with another key. */
  public static WriteSpec spec(EmbeddedDynamoDb db, KeySchema key) {
    WriteSpec spec = new WriteSpec(db.settings().table().name(), key);
    spec.setClient(client(db));
    return spec;
  }

  public static WriteTable write(EmbeddedDynamoDb db) {
    return WriteTable.to(db.settings().table().name(), KEY).withClient(client(db));
  }

  public static EndpointSettings settings() {
    return settings(table());
  }

  public static EndpointSettings settings(TableSettings table) {
    return EndpointSettings.of(table);
  }

  public static SourcedItem item(String id) {
    return item(id, "");
  }

  /** Returns an item with a text; one whose text is poison is refused. */
  public static SourcedItem item(String id, String text) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("id", fromS(id));
    item.put(text.equals("poison") ? "poison" : "text", fromS(text));
    return SourcedItem.withoutOrigin(item);
  }

  public static String idOf(SourcedItem item) {
    return idOf(item.item());
  }

  private static String idOf(Map<String, AttributeValue> item) {
    @Nullable AttributeValue id = item.get("id");
    return id == null ? "" : id.s();
  }

  /** Returns the ids of the items in the table. */
  public static Set<String> ids(EmbeddedDynamoDb db) {
    Set<String> ids = new TreeSet<>();
    db.items().forEach(item -> ids.add(idOf(item)));
    return ids;
  }
}
