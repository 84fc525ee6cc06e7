/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.verify;

import io.sluice.capacity.TableCapacity;
import io.sluice.capacity.Throttle;
import io.sluice.dynamodb.session.InFlightLimit;
import io.sluice.dynamodb.session.Progress;
import io.sluice.dynamodb.session.TableSession;
import io.sluice.dynamodb.wire.Clients;
import io.sluice.dynamodb.wire.DynamoDbWire;
import io.sluice.item.KeyAttribute;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/** The resources that the workers of one JVM share to read a table by keys. */
public class GetSession extends TableSession {
  /** The most requests that one JVM has in flight to a table. */
  protected static final int MOST_IN_FLIGHT = Clients.MAX_IN_FLIGHT;

  private static final int FIRST_IN_FLIGHT = 16;

  private final GetSpec spec;

  protected GetSession(GetSpec spec, AwsOptions options) {
    super(
        spec,
        Clients.of(
            DynamoDbWire.Operation.BATCH_GET_ITEM,
            spec.table(),
            Clients.LONGEST_READ,
            spec.client(),
            options),
        Clients.LONGEST_READ,
        new InFlightLimit(FIRST_IN_FLIGHT, MOST_IN_FLIGHT));
    this.spec = spec;
  }

  /** Opens the session of a step, for a worker: see {@link TableSession#enter}. */
  static GetSession enter(GetSpec spec, AwsOptions options) {
    return enter(spec, GetSession.class, () -> new GetSession(spec, options));
  }

  @Override
  public Map<String, Double> lanes(TableCapacity capacity) {
    return Map.of(Throttle.TABLE, capacity.table().readUnits());
  }

  @Override
  public Progress.Moment moment() {
    return moment(Progress.Kind.COMPARE, new Progress.Expected(-1, 0));
  }

  /**
   * Reads these keys once, with a grant for them; the response has the keys of those that were not
   * read.
   *
   * @param grant of {@link #acquire}, for the units of {@link #units}; ended here
   * @throws software.amazon.awssdk.core.exception.SdkException when there is no good answer
   */
  BatchGetItemResponse read(List<WantedItem> wanted, Throttle.Grant grant) {
    BatchGetItemResponse response;
    try {
      response = wire().sdk().batchGetItem(request(wanted));
    } catch (RuntimeException e) {
      grants().failed(e, grant);
      throw e;
    } catch (Throwable e) {
      grant.outcomeUnknown();
      permits().release();
      throw e;
    }
    int left =
        response.unprocessedKeys().values().stream().mapToInt(keys -> keys.keys().size()).sum();
    double units = units(wanted);
    settle(response, grant, units * left / wanted.size());
    progress().did(wanted.size() - left);
    return response;
  }

  double units(List<WantedItem> wanted) {
    double consistent = wanted.stream().mapToDouble(WantedItem::units).sum();
    return spec.isConsistent() ? consistent : consistent / 2;
  }

  private BatchGetItemRequest request(List<WantedItem> wanted) {
    List<Map<String, AttributeValue>> keys =
        wanted.stream().map(WantedItem::attributes).collect(Collectors.toList());
    return BatchGetItemRequest.builder()
        .requestItems(Map.of(table(), projected().keys(keys).build()))
        .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
        .build();
  }

  private KeysAndAttributes.Builder projected() {
    KeysAndAttributes.Builder read =
        KeysAndAttributes.builder().consistentRead(spec.isConsistent());
    if (spec.attributes() == null) {
      return read;
    }
    // By number, because many words are reserved.
    Map<String, String> names = new LinkedHashMap<>();
    Stream.concat(
            spec.schema().attributes().stream().map(KeyAttribute::name), spec.attributes().stream())
        .distinct()
        .forEach(name -> names.put("#a" + names.size(), name));
    return read.projectionExpression(String.join(",", names.keySet()))
        .expressionAttributeNames(names);
  }

  /** Returns the units that DynamoDB reports for a response; 0 if it does not. */
  static double consumed(BatchGetItemResponse response) {
    return response.consumedCapacity().stream()
        .map(ConsumedCapacity::capacityUnits)
        .mapToDouble(units -> units == null ? 0 : units)
        .sum();
  }

  private void settle(BatchGetItemResponse response, Throttle.Grant grant, double unprocessed) {
    double consumed = consumed(response);
    boolean reported = response.hasConsumedCapacity();
    grants()
        .answered(
            grant,
            reported ? Map.of(Throttle.TABLE, consumed) : Map.of(),
            unprocessed,
            () -> false);
  }
}
