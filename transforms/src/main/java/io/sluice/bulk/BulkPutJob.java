/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.dynamodb.wire.Clients;
import io.sluice.dynamodb.wire.SignedCalls;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Puts items into a table by StartBulkPutItems, which the SDK here does not know. What it refused
 * is in files of its report.
 */
final class BulkPutJob implements LoadJob {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** For so long DynamoDB knows an operation by its token, and a job takes it for its own. */
  private static final Duration TOKEN_LIFE = Duration.ofHours(8);

  private static final String MANIFEST = "manifest.json";
  private static final String RECORDS = ".json.gz";

  private final LoadSpec spec;
  private final StagedRun run;
  private final DynamoDbClient client;
  private final SignedCalls calls;

  BulkPutJob(LoadSpec spec, StagedRun run, AwsOptions options) {
    this.spec = spec;
    this.run = run;
    this.client = Clients.retrying(spec.client(), options);
    this.calls = SignedCalls.like(client, options);
  }

  @Override
  public LoadState start(Claim claim) throws IOException {
    ObjectNode request = JSON.createObjectNode();
    request.put("ClientToken", claim.token());
    request.put("TableName", spec.table());
    ObjectNode input = place(request, "InputS3Configuration", run.keyPrefix(claim.folder()));
    input.put("InputFormat", "DYNAMODB_JSON");
    input.put("InputCompressionType", "GZIP");
    ObjectNode output = place(request, "OutputS3Configuration", run.keyPrefix(report(claim)));
    output.putArray("OutputType").add("ERROR");
    if (spec.maxWriteUnits() != null) {
      request.put("MaxWriteRequestUnits", spec.maxWriteUnits());
    }
    return stateOf(claim, call("StartBulkPutItems", request));
  }

  private ObjectNode place(ObjectNode request, String name, String prefix) {
    ObjectNode place = request.putObject(name);
    place.put("S3Bucket", run.bucket());
    place.put("S3KeyPrefix", prefix);
    if (spec.bucketOwner() != null) {
      place.put("S3BucketOwner", spec.bucketOwner());
    }
    return place;
  }

  private static String report(Claim claim) {
    return "report-" + claim.number() + "/";
  }

  private JsonNode call(String operation, ObjectNode request) {
    return calls
        .call(SignedCalls.Service.DYNAMODB, operation, request)
        .path("BulkOperationDescription");
  }

  @Override
  public LoadState describe(Claim claim, String id) throws IOException {
    return stateOf(
        claim, call("DescribeBulkOperation", JSON.createObjectNode().put("BulkOperationArn", id)));
  }

  private LoadState stateOf(Claim claim, JsonNode now) throws IOException {
    String id = now.path("BulkOperationArn").asText();
    Instant started = Instant.ofEpochMilli((long) (now.path("StartTime").asDouble() * 1000));
    String status = now.path("BulkOperationStatus").asText();
    long bytes = 0;
    for (JsonNode table : now.path("BulkOperationUsage")) {
      bytes += table.path("BulkPutBytes").asLong();
    }
    return switch (status) {
      case "IN_PROGRESS", "CANCELLING" ->
          new LoadState(id, LoadState.Status.RUNNING, started, 0, 0, null);
      case "COMPLETED" ->
          new LoadState(
              id,
              LoadState.Status.ENDED,
              started,
              written(claim).orElse(claim.items()),
              bytes,
              null);
      case "COMPLETED_WITH_ERRORS" ->
          new LoadState(
              id,
              LoadState.Status.ENDED,
              started,
              written(claim)
                  .orElseThrow(
                      () ->
                          new LoadException(
                              "the report of %s in %s%s does not say how many items were written; what is staged stays there"
                                  .formatted(id, run.path(), report(claim)))),
              bytes,
              null);
      default ->
          new LoadState(
              id,
              LoadState.Status.FAILED,
              started,
              0,
              bytes,
              "%s (%s)"
                  .formatted(
                      now.path("FailureMessage").asText(status),
                      now.path("FailureCode").asText(status)));
    };
  }

  /** Returns how many items were written, as the manifest of the report says. */
  private Optional<Long> written(Claim claim) throws IOException {
    for (String name : run.list(report(claim))) {
      if (name.endsWith("/" + MANIFEST)) {
        JsonNode count = JSON.readTree(run.read(name)).path("writtenItemCount");
        return count.canConvertToLong() ? Optional.of(count.longValue()) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Items that were put long ago may have been changed since, and are put again. */
  @Override
  public boolean isGone(LoadState ended) {
    return ended.started().plus(TOKEN_LIFE).isBefore(Instant.now());
  }

  @Override
  public Refusals refusals(Claim claim, LoadState ended, long expected) throws IOException {
    Refusals refusals = new Refusals();
    for (String name : run.list(report(claim))) {
      if (name.endsWith(RECORDS)) {
        try (BufferedReader lines =
            new BufferedReader(new InputStreamReader(run.unzipped(name), UTF_8))) {
          for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            add(JSON.readTree(line), refusals);
          }
        }
      }
    }
    return refusals;
  }

  private static void add(JsonNode record, Refusals refusals) throws LoadException {
    JsonNode pointer = record.path("itemS3Pointer");
    if (!pointer.path("key").isTextual() || !pointer.path("itemIndex").canConvertToLong()) {
      throw new LoadException("the report of DynamoDB lists an item without its place");
    }
    refusals.add(
        pointer.get("key").textValue(),
        pointer.get("itemIndex").longValue(),
        record.path("errorMessage").asText());
  }

  @Override
  public void close() {
    calls.close();
    client.close();
  }
}
