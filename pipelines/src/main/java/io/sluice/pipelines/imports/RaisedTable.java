/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import io.sluice.dynamodb.table.RaiseCapacity;
import io.sluice.dynamodb.table.RaiseRefusedException;
import io.sluice.dynamodb.table.RaisedCapacity;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.SluiceOptions;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.job.Aws;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The raised capacity of a table, until it is closed or the program ends. What a program leaves
 * that is killed, another one puts back.
 */
final class RaisedTable implements AutoCloseable {
  private static final RaisedTable NONE = new RaisedTable(null, null, null, null);
  private static final String LATER =
      "--raiseCapacity=RESTORE, or the next import with --raiseCapacity, puts it back";

  private final @Nullable RaisedCapacity raised;
  private final @Nullable DynamoDbClient client;
  private final @Nullable Console console;
  private final @Nullable ScheduledExecutorService renewals;
  private final Thread hook = new Thread(this::putBackAtOnce, "put back capacity");
  private boolean hasFailed;

  private RaisedTable(
      @Nullable RaisedCapacity raised,
      @Nullable DynamoDbClient client,
      @Nullable Console console,
      @Nullable ScheduledExecutorService renewals) {
    this.raised = raised;
    this.client = client;
    this.console = console;
    this.renewals = renewals;
  }

  /** A table whose capacity is as it was. */
  static RaisedTable none() {
    return NONE;
  }

  /**
   * Raises the write units of a table, and waits until they are there.
   *
   * @param run names the run
   * @param wanted the units, by index
   * @throws JobException when they cannot be raised, or could not be put back
   */
  static RaisedTable raise(
      SluiceOptions options, String table, String run, Map<String, Long> wanted, Console console) {
    DynamoDbClient client = Aws.dynamodbClient(options);
    RaisedTable raised = null;
    // DynamoDB lowers nothing until the raise is done, so then nothing but this line is possible.
    Thread warning = new Thread(() -> warn(table, console), "raising capacity");
    Runtime.getRuntime().addShutdownHook(warning);
    try {
      raised =
          of(table, run, client, console)
              .raise(wanted)
              .map(capacity -> begin(capacity, client, console))
              .orElse(NONE);
      return raised;
    } catch (RaiseRefusedException e) {
      throw new JobException("--raiseCapacity: " + e.getMessage(), e);
    } catch (SdkException e) {
      throw new JobException(
          "the write capacity of %s cannot be raised: %s".formatted(table, UserMessages.oneLine(e)),
          e);
    } finally {
      unlessEnding(() -> Runtime.getRuntime().removeShutdownHook(warning));
      if (raised == null || raised == NONE) {
        client.close();
      }
    }
  }

  /**
   * Puts back what a killed job has left raised.
   *
   * @throws JobException when it cannot be put back
   */
  static int restore(SluiceOptions options, String table, Console console) {
    Aws.configure(options);
    Aws.checkRegion(options, table);
    try (DynamoDbClient client = Aws.dynamodbClient(options)) {
      of(table, UUID.randomUUID().toString(), client, console).restore();
    } catch (RaiseRefusedException e) {
      throw new JobException(e.getMessage(), e);
    } catch (SdkException e) {
      throw new JobException(
          "the write capacity of %s cannot be put back: %s"
              .formatted(table, UserMessages.oneLine(e)),
          e);
    }
    return ExitCode.OK;
  }

  private static RaiseCapacity of(
      String table, String run, DynamoDbClient client, Console console) {
    return new RaiseCapacity(table, client, run, InstantSource.system(), console::tell);
  }

  private static RaisedTable begin(RaisedCapacity raised, DynamoDbClient client, Console console) {
    ScheduledExecutorService renewals =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "raised capacity");
              thread.setDaemon(true);
              return thread;
            });
    RaisedTable table = new RaisedTable(raised, client, console, renewals);
    long every = RaiseCapacity.RENEWED_EVERY.toSeconds();
    renewals.scheduleWithFixedDelay(table::renew, every, every, TimeUnit.SECONDS);
    Runtime.getRuntime().addShutdownHook(table.hook);
    return table;
  }

  private void renew() {
    try {
      raised.renew();
    } catch (SdkException | RaiseRefusedException e) {
      // The next time may succeed; three in a row may fail before anybody takes over.
      return;
    }
  }

  /** Returns the exit code, which is not 0 when the capacity could not be put back. */
  int code(int ofJob) {
    return hasFailed && ofJob == ExitCode.OK ? ExitCode.FAILED : ofJob;
  }

  private void putBackAtOnce() {
    try {
      if (!raised.putBackAtOnce()) {
        failed("the program ends while that is being done");
      }
    } catch (SdkException | RaiseRefusedException e) {
      failed(UserMessages.oneLine(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void failed(String why) {
    hasFailed = true;
    console.tell("the capacity that was raised may not be put back: %s; %s".formatted(why, LATER));
  }

  private static void warn(String table, Console console) {
    console.tell(
        "the program ends while the capacity of %s is being raised; if it is raised then, %s"
            .formatted(table, LATER));
  }

  /** Does what cannot be done when the program is ending, and is of no use then. */
  private static void unlessEnding(Runnable work) {
    try {
      work.run();
    } catch (IllegalStateException e) {
      // The hooks are running.
      return;
    }
  }

  @Override
  public void close() {
    if (raised == null) {
      return;
    }
    renewals.shutdownNow();
    try {
      raised.putBack();
    } catch (SdkException | RaiseRefusedException e) {
      failed(UserMessages.oneLine(e));
    }
    unlessEnding(
        () -> {
          Runtime.getRuntime().removeShutdownHook(hook);
          client.close();
        });
  }
}
