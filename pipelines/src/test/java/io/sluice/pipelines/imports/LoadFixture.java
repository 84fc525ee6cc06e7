/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import io.sluice.testing.LocalAws;
import io.sluice.testing.dynamodb.AdminClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A table that DynamoDB itself loads in tests, and the input and the books of that. */
abstract class LoadFixture {
  static LocalAws aws;
  static AdminClient admin;

  @TempDir Path folder;

  final String table = "load-" + UUID.randomUUID();
  final Printed printed = new Printed();

  /** What the table has to have in the end, by key. */
  final Map<String, String> fares = new TreeMap<>();

  Path input;

  @BeforeAll
  static void start() {
    aws = LocalAws.start(List.of("--inMemory", "--dynamodbPort=0", "--admin"));
    admin = new AdminClient(aws.dynamodbEndpoint());
  }

  @AfterAll
  static void stop() {
    aws.close();
  }

  @AfterEach
  void nothingGoesWrongAnyMore() {
    admin.post("faults", "{'rules':[]}");
    admin.post("latency", "{'millis':0,'operations':{}}");
  }

  /** The options of every run. */
  abstract List<String> arguments();

  final String place() {
    return "s3://" + aws.bucket() + "/staging-" + table;
  }

  final ImportOptions options(String... more) {
    List<String> arguments = new ArrayList<>(arguments());
    arguments.addAll(List.of(more));
    ImportOptions options =
        OneWorker.options(ImportOptions.class, arguments.toArray(String[]::new));
    options.setLocal(true);
    options.setDynamodbEndpoint(aws.dynamodbEndpoint().toString());
    options.setS3Endpoint(aws.s3Endpoint().toString());
    options.setTable(table);
    return options;
  }

  final int run(String... more) {
    return ImportPipeline.run(options(more), printed.console());
  }

  final String failure(String... more) {
    return assertThrows(JobException.class, () -> run(more)).getMessage();
  }

  final JsonNode report() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("report.json").toFile());
  }

  final Map<String, String> stored() {
    Map<String, String> stored = new TreeMap<>();
    for (Map<String, AttributeValue> item :
        aws.dynamodb().scanPaginator(scan -> scan.tableName(table)).items()) {
      stored.put(item.get("id").s(), item.get("fare").n());
    }
    return stored;
  }

  final List<String> staged() {
    String prefix = "staging-" + table;
    return aws
        .s3()
        .listObjectsV2Paginator(list -> list.bucket(aws.bucket()).prefix(prefix))
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }
}
