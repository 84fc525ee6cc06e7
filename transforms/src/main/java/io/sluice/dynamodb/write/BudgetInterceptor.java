/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import io.sluice.capacity.Throttle;
import io.sluice.capacity.WriteCost;
import io.sluice.dynamodb.wire.RequestFailure;
import io.sluice.item.ItemSize;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Makes each attempt of a BatchWriteItem wait for its grant, on the thread that sends it, and
 * reports its outcome to the throttle. Other requests pass.
 */
final class BudgetInterceptor implements ExecutionInterceptor {
  private static final int FIRST_CLIENT_ERROR = 400;
  private static final int FIRST_SERVER_ERROR = 500;

  /** DynamoDB accepts a signature for at least 5 minutes. */
  private static final long LONGEST_WAIT_NANOS = TimeUnit.MINUTES.toNanos(2);

  private static final ExecutionAttribute<Attempt> ATTEMPT =
      new ExecutionAttribute<>("io.sluice.BudgetedAttempt");

  private final Function<String, @Nullable WriteSession> sessions;

  /**
   * @param sessions enters the session of the step that writes to a table; returns null for none
   */
  BudgetInterceptor(Function<String, @Nullable WriteSession> sessions) {
    this.sessions = sessions;
  }

  /** The state of a request between its attempts. */
  private static final class Attempt {
    final WriteSession session;
    final double units;
    final int items;
    Throttle.@Nullable Grant grant;
    int status;

    Attempt(WriteSession session, double units, int items) {
      this.session = session;
      this.units = units;
      this.items = items;
    }
  }

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    if (context.request() instanceof BatchWriteItemRequest request
        && request.requestItems().size() == 1) {
      Map.Entry<String, List<WriteRequest>> table =
          request.requestItems().entrySet().iterator().next();
      WriteSession session = sessions.apply(table.getKey());
      if (session != null) {
        double units = table.getValue().stream().mapToDouble(BudgetInterceptor::units).sum();
        attributes.putAttribute(ATTEMPT, new Attempt(session, units, table.getValue().size()));
        return request.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.INDEXES).build();
      }
    }
    return context.request();
  }

  private static double units(WriteRequest write) {
    return write.putRequest() == null ? 1 : WriteCost.units(ItemSize.of(write.putRequest().item()));
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    Attempt attempt = attributes.getAttribute(ATTEMPT);
    if (attempt == null) {
      return;
    }
    endFailed(attempt);
    attempt.grant = acquire(attempt);
    attempt.status = 0;
    attempt.session.permits().forceAcquire();
  }

  private static Throttle.Grant acquire(Attempt attempt) {
    try {
      long began = attempt.session.time().nanos();
      while (true) {
        if (attempt.session.time().nanos() - began > LONGEST_WAIT_NANOS) {
          // A retried request is signed again.
          throw RetryableException.create("waited long for the budget");
        }
        Throttle.Grant grant = attempt.session.throttle().tryAcquire(attempt.units);
        if (grant.granted()) {
          return grant;
        }
        TimeUnit.NANOSECONDS.sleep(grant.waitNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted while waiting for the budget", e);
    }
  }

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
    Attempt attempt = attributes.getAttribute(ATTEMPT);
    if (attempt != null) {
      attempt.status = context.httpResponse().statusCode();
    }
  }

  /** Handles an attempt that failed and is repeated; of 4xx these are mostly the throttled ones. */
  private static void endFailed(Attempt attempt) {
    if (attempt.grant == null) {
      return;
    }
    boolean refused = attempt.status >= FIRST_CLIENT_ERROR && attempt.status < FIRST_SERVER_ERROR;
    end(attempt, refused ? RequestFailure.THROTTLED : RequestFailure.TRANSIENT);
  }

  private static void end(Attempt attempt, RequestFailure failure) {
    attempt.session.progress().failedOne();
    attempt.session.grants().failed(failure, attempt.grant);
    attempt.grant = null;
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    Attempt attempt = attributes.getAttribute(ATTEMPT);
    if (attempt == null) {
      return;
    }
    if (attempt.grant != null && context.response() instanceof BatchWriteItemResponse response) {
      int left =
          attempt.session.settle(
              attempt.grant, PutResponse.of(response), attempt.items, attempt.units);
      attempt.grant = null;
      attempt.session.progress().wrote(attempt.session.table(), attempt.items - left);
    }
    attempt.session.leaveRequest();
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
    Attempt attempt = attributes.getAttribute(ATTEMPT);
    if (attempt == null) {
      return;
    }
    if (attempt.grant != null) {
      end(
          attempt,
          context.exception() instanceof RuntimeException failure
              ? RequestFailure.of(failure)
              : RequestFailure.TRANSIENT);
    }
    attempt.session.leaveRequest();
  }
}
