/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.prune;

import io.sluice.capacity.Throttle;
import io.sluice.capacity.WriteCost;
import io.sluice.dynamodb.session.RequestMeter;
import io.sluice.dynamodb.wire.RequestFailure;
import io.sluice.dynamodb.wire.RetryWindow;
import io.sluice.failure.Lasting;
import io.sluice.item.ItemSize;
import io.sluice.item.KeyAttribute;
import io.sluice.report.UnitMeter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** Deletes items, each if it is as it was read, and repeats a request until it is answered. */
final class ConditionalDelete {
  /**
   * The most attributes in a condition. An expression has at most 300 operators and functions, here
   * two for each attribute, and 4 KB. Source: the DynamoDB developer guide, "Quotas".
   */
  static final int MOST_ATTRIBUTES = 140;

  private final PruneSession session;
  private final PruneSpec spec;
  private final UnitMeter meter;

  ConditionalDelete(PruneSession session, PruneSpec spec, UnitMeter meter) {
    this.session = session;
    this.spec = spec;
    this.meter = meter;
  }

  /**
   * Deletes an item.
   *
   * @param item as it was read
   * @return whether the table has no item of its key any more; false if somebody has changed it, or
   *     if it has too many attributes for a condition
   * @throws IOException when the table cannot be written; no message of it or its causes has
   *     contents of items
   */
  boolean delete(Map<String, AttributeValue> item) throws IOException, InterruptedException {
    DeleteItemRequest request = request(item);
    if (request == null) {
      return false;
    }
    RetryWindow patience = new RetryWindow(spec.retryFor());
    while (true) {
      Throttle.Grant grant = session.grants().acquire(WriteCost.units(ItemSize.of(item)));
      long began = session.time().nanos();
      try {
        RequestMeter.answered(session, session.delete(request, grant), false, meter);
        return true;
      } catch (ConditionalCheckFailedException e) {
        meter.failed();
        // Gone already: by somebody else, or by an attempt whose answer was lost.
        return !e.hasItem() || e.item().isEmpty();
      } catch (AbortedException e) {
        throw new InterruptedException("deleting was given up");
      } catch (SdkException e) {
        RequestFailure kind = RequestFailure.of(e);
        String why = RequestFailure.nameOf(e);
        RequestMeter.failed(e, meter);
        OptionalLong pause =
            kind.isPassing()
                ? patience.failed(kind, session.time().nanos() - began)
                : OptionalLong.empty();
        if (pause.isEmpty()) {
          throw new IOException(
              "Items of the table %s cannot be deleted: %s".formatted(spec.table(), why),
              kind.isPassing() ? null : Lasting.because(RequestFailure.withoutContents(e)));
        }
        TimeUnit.NANOSECONDS.sleep(pause.getAsLong());
      }
    }
  }

  /** Returns the request for an item; null if it has too many attributes for a condition. */
  @Nullable DeleteItemRequest request(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> key = new HashMap<>();
    for (KeyAttribute attribute : spec.schema().attributes()) {
      key.put(attribute.name(), item.get(attribute.name()));
    }
    Condition condition = new Condition();
    AttributeValue version = spec.versionAttribute == null ? null : item.get(spec.versionAttribute);
    if (version != null) {
      condition.add(spec.versionAttribute, version);
    } else {
      Map<String, AttributeValue> others = new TreeMap<>(item);
      others.keySet().removeAll(key.keySet());
      if (others.size() > MOST_ATTRIBUTES) {
        return null;
      }
      others.forEach(condition::add);
      if (spec.versionAttribute != null) {
        condition.lacks(spec.versionAttribute);
      }
    }
    condition.exists(spec.schema().partitionKey().name());
    return DeleteItemRequest.builder()
        .tableName(spec.table())
        .key(key)
        .conditionExpression(condition.expression())
        .expressionAttributeNames(condition.names)
        .expressionAttributeValues(condition.values.isEmpty() ? null : condition.values)
        .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES)
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
        .build();
  }

  /** A condition that attributes have these values. */
  private static final class Condition {
    final Map<String, String> names = new HashMap<>();
    final Map<String, AttributeValue> values = new HashMap<>();
    final List<String> terms = new ArrayList<>();

    void add(String name, AttributeValue value) {
      String placeholder = name(name);
      values.put(":" + terms.size(), value);
      terms.add(placeholder + "=:" + terms.size());
    }

    void lacks(String name) {
      terms.add("attribute_not_exists(" + name(name) + ")");
    }

    void exists(String name) {
      terms.add("attribute_exists(" + name(name) + ")");
    }

    private String name(String name) {
      String placeholder = "#" + terms.size();
      names.put(placeholder, name);
      return placeholder;
    }

    String expression() {
      return String.join(" AND ", terms);
    }
  }
}
