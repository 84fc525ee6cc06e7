/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.dynamodb.table.CreateTable;
import io.sluice.dynamodb.table.DescribeTable;
import io.sluice.dynamodb.wire.Clients;
import io.sluice.dynamodb.wire.SignedCalls;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ImportStatus;
import software.amazon.awssdk.services.dynamodb.model.ImportTableDescription;
import software.amazon.awssdk.services.dynamodb.model.InputCompressionType;
import software.amazon.awssdk.services.dynamodb.model.InputFormat;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;

/**
 * Creates a table by ImportTable. Its errors are in CloudWatch Logs, in the group {@code
 * /aws-dynamodb/imports}.
 */
final class ImportTableJob implements LoadJob {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GROUP = "/aws-dynamodb/imports";

  /** The failure of an import that has created the table without some of the items. */
  private static final String SOME_REFUSED = "ItemValidationError";

  /** How long events may take until they can be read. */
  private static final Duration LOGS_DELAY = Duration.ofMinutes(2);

  private final LoadSpec spec;
  private final StagedRun run;
  private final DynamoDbClient client;
  private final SignedCalls calls;

  ImportTableJob(LoadSpec spec, StagedRun run, AwsOptions options) {
    this.spec = spec;
    this.run = run;
    this.client = Clients.retrying(spec.client(), options);
    this.calls = SignedCalls.like(client, options);
  }

  @Override
  public LoadState start(Claim claim) throws IOException {
    if (spec.creation() != null) {
      try {
        return stateOf(
            client
                .importTable(
                    request ->
                        request
                            .clientToken(claim.token())
                            .s3BucketSource(
                                source ->
                                    source
                                        .s3Bucket(run.bucket())
                                        .s3BucketOwner(spec.bucketOwner())
                                        .s3KeyPrefix(run.keyPrefix(claim.folder())))
                            .inputFormat(InputFormat.DYNAMODB_JSON)
                            .inputCompressionType(InputCompressionType.GZIP)
                            .tableCreationParameters(
                                CreateTable.importing(spec.table(), spec.creation())))
                .importTableDescription());
      } catch (ResourceInUseException e) {
        // Somebody has created it meanwhile.
      }
    }
    throw new LoadException(
        "the table %s exists, and ImportTable makes a new one; what is staged stays in %s"
            .formatted(spec.table(), run.path()));
  }

  @Override
  public LoadState describe(Claim claim, String id) {
    return stateOf(
        client.describeImport(request -> request.importArn(id)).importTableDescription());
  }

  private static LoadState stateOf(ImportTableDescription now) {
    boolean isRefusing = SOME_REFUSED.equals(now.failureCode());
    LoadState.Status status =
        now.importStatus() == ImportStatus.COMPLETED || isRefusing
            ? LoadState.Status.ENDED
            : now.importStatus() == ImportStatus.IN_PROGRESS
                    || now.importStatus() == ImportStatus.CANCELLING
                ? LoadState.Status.RUNNING
                : LoadState.Status.FAILED;
    return new LoadState(
        now.importArn(),
        status,
        now.startTime() == null ? Instant.EPOCH : now.startTime(),
        orZero(now.importedItemCount()),
        orZero(now.processedSizeBytes()),
        status == LoadState.Status.FAILED
            ? "%s (%s)".formatted(now.failureMessage(), now.failureCode())
            : null);
  }

  private static long orZero(Long count) {
    return count == null ? 0 : count;
  }

  @Override
  public boolean isGone(LoadState ended) {
    return DescribeTable.named(spec.table(), client).isEmpty();
  }

  @Override
  public Refusals refusals(Claim claim, LoadState ended, long expected) throws IOException {
    LoadWait wait = new LoadWait(LOGS_DELAY);
    while (true) {
      Refusals found = expected == 0 ? new Refusals() : read(ended);
      if (found.count() >= expected || !wait.pause()) {
        return found;
      }
    }
  }

  private Refusals read(LoadState ended) throws LoadException {
    Refusals refusals = new Refusals();
    ObjectNode request = JSON.createObjectNode();
    request.put("logGroupName", GROUP);
    request.put("logStreamNamePrefix", ended.shortId());
    JsonNode page;
    do {
      page = calls.call(SignedCalls.Service.CLOUDWATCH_LOGS, "FilterLogEvents", request);
      for (JsonNode event : page.path("events")) {
        add(event.path("message").asText(), refusals);
      }
      request.put("nextToken", page.path("nextToken").asText());
    } while (page.hasNonNull("nextToken"));
    return refusals;
  }

  private static void add(String message, Refusals refusals) throws LoadException {
    JsonNode error;
    try {
      error = JSON.readTree(message);
    } catch (IOException e) {
      // It is of something else.
      return;
    }
    JsonNode pointer = error.path("itemS3Pointer");
    if (pointer.path("key").isTextual() && pointer.path("itemIndex").canConvertToLong()) {
      refusals.add(
          pointer.get("key").textValue(),
          pointer.get("itemIndex").longValue(),
          error.path("errorMessages").path(0).asText());
    }
  }

  @Override
  public void close() {
    calls.close();
    client.close();
  }
}
