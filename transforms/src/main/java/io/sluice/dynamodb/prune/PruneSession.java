/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.prune;

import io.sluice.capacity.TableCapacity;
import io.sluice.capacity.Throttle;
import io.sluice.dynamodb.session.InFlightLimit;
import io.sluice.dynamodb.session.Progress;
import io.sluice.dynamodb.session.TableSession;
import io.sluice.dynamodb.wire.Clients;
import io.sluice.dynamodb.wire.DynamoDbWire;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;

/** The resources that the workers of one JVM share to delete items of a table, one by one. */
final class PruneSession extends TableSession {
  private static final int FIRST_IN_FLIGHT = 8;

  private PruneSession(PruneSpec spec, AwsOptions options) {
    super(
        spec,
        Clients.of(
            DynamoDbWire.Operation.BATCH_WRITE_ITEM,
            spec.table(),
            Clients.LONGEST_WRITE,
            spec.client(),
            options),
        Clients.LONGEST_WRITE,
        new InFlightLimit(FIRST_IN_FLIGHT, Clients.MAX_IN_FLIGHT));
  }

  /** Opens the session of a step, for a worker: see {@link TableSession#enter}. */
  static PruneSession enter(PruneSpec spec, AwsOptions options) {
    return enter(spec, PruneSession.class, () -> new PruneSession(spec, options));
  }

  @Override
  public Map<String, Double> lanes(TableCapacity capacity) {
    Map<String, Double> lanes = new HashMap<>();
    lanes.put(Throttle.TABLE, capacity.table().writeUnits());
    capacity.indexes().forEach((name, index) -> lanes.put(name, index.writeUnits()));
    return lanes;
  }

  @Override
  public Progress.Moment moment() {
    return moment(Progress.Kind.WRITE, new Progress.Expected(-1, 0));
  }

  /**
   * Deletes an item once, with a grant for it, which is ended here; returns the units by lane.
   *
   * @throws ConditionalCheckFailedException when it is not as the request says
   * @throws software.amazon.awssdk.core.exception.SdkException when there is no good answer
   */
  Map<String, Double> delete(DeleteItemRequest request, Throttle.Grant grant) {
    DeleteItemResponse response;
    try {
      response = wire().sdk().deleteItem(request);
    } catch (ConditionalCheckFailedException e) {
      // It takes the units of the item that is there, which are not reported.
      grants().answered(grant, Map.of(), 0, () -> false);
      throw e;
    } catch (RuntimeException e) {
      grants().failed(e, grant);
      throw e;
    } catch (Throwable e) {
      grant.outcomeUnknown();
      permits().release();
      throw e;
    }
    Map<String, Double> units = consumed(response);
    grants().answered(grant, units, 0, () -> false);
    progress().deleted(table(), 1);
    return units;
  }

  private static Map<String, Double> consumed(DeleteItemResponse response) {
    if (response.consumedCapacity() == null) {
      return Map.of();
    }
    Map<String, Double> units = new HashMap<>();
    double table =
        response.consumedCapacity().table() == null
            ? response.consumedCapacity().capacityUnits()
            : response.consumedCapacity().table().capacityUnits();
    response
        .consumedCapacity()
        .localSecondaryIndexes()
        .forEach((name, of) -> units.merge(Throttle.TABLE, of.capacityUnits(), Double::sum));
    units.merge(Throttle.TABLE, table, Double::sum);
    response
        .consumedCapacity()
        .globalSecondaryIndexes()
        .forEach((name, of) -> units.put(name, of.capacityUnits()));
    return units;
  }
}
