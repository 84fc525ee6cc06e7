/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.localaws.dynamodb.http.DynamoDbHttpServer;
import io.sluice.localaws.dynamodb.service.BucketSettings;
import io.sluice.localaws.dynamodb.service.Operations;
import io.sluice.localaws.dynamodb.table.Tables;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ExportDescription;
import software.amazon.awssdk.services.dynamodb.model.ExportFormat;
import software.amazon.awssdk.services.dynamodb.model.ExportStatus;
import software.amazon.awssdk.services.dynamodb.model.ExportType;
import software.amazon.awssdk.services.dynamodb.model.ExportViewType;
import software.amazon.awssdk.services.dynamodb.model.ImportStatus;
import software.amazon.awssdk.services.dynamodb.model.ImportTableDescription;
import software.amazon.awssdk.services.dynamodb.model.InputCompressionType;
import software.amazon.awssdk.services.dynamodb.model.InputFormat;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryUnavailableException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableCreationParameters;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Uses exports, imports and bulk puts as clients do: the SDK, and S3 over HTTP beside it. */
class NativeTransfersTest {

  private static final String TABLE = "transfers";
  private static final String BUCKET = "sluice";

  private volatile Instant now = Instant.parse("2026-01-02T03:04:05.678Z");
  private static S3Server s3Server;

  private ExecutorService background;
  private DynamoDbHttpServer server;
  private DynamoDbClient dynamodb;
  private S3Client s3;

  @BeforeAll
  static void startS3() throws Exception {
    s3Server = S3Server.start(new Options(0, 0, Path.of("unused"), true, List.of(BUCKET), false));
  }

  @AfterAll
  static void stopS3() throws Exception {
    s3Server.stop();
  }

  @BeforeEach
  void start() throws Exception {
    background = Executors.newSingleThreadExecutor();
    Operations operations =
        new Operations(
            new Tables(() -> now),
            new BucketSettings(s3Server.buckets(), () -> now, background, 2));
    server = DynamoDbHttpServer.start(operations, 0, 2);
    StaticCredentialsProvider credentials =
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(LocalAws.ACCESS_KEY, LocalAws.SECRET_KEY));
    dynamodb =
        DynamoDbClient.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + server.port()))
            .region(Region.US_EAST_1)
            .credentialsProvider(credentials)
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    s3 =
        S3Client.builder()
            .endpointOverride(s3Server.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(credentials)
            .forcePathStyle(true)
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    dynamodb.createTable(
        table ->
            table
                .tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attribute())
                .keySchema(key()));
  }

  private static AttributeDefinition attribute() {
    return AttributeDefinition.builder()
        .attributeName("h")
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement key() {
    return KeySchemaElement.builder().attributeName("h").keyType(KeyType.HASH).build();
  }

  @AfterEach
  void stop() {
    dynamodb.close();
    s3.close();
    server.close();
    background.shutdownNow();
  }

  /** Waits until all jobs are done that were started up to now. */
  private void await() throws Exception {
    background.submit(() -> {}).get(60, TimeUnit.SECONDS);
  }

  private String arn() {
    return dynamodb.describeTable(request -> request.tableName(TABLE)).table().tableArn();
  }

  private void enableRecovery() {
    dynamodb.updateContinuousBackups(
        request ->
            request
                .tableName(TABLE)
                .pointInTimeRecoverySpecification(
                    on -> on.pointInTimeRecoveryEnabled(true).recoveryPeriodInDays(7)));
  }

  private void put(String hash) {
    dynamodb.putItem(
        request -> request.tableName(TABLE).item(Map.of("h", AttributeValue.fromS(hash))));
  }

  private List<String> keys(String prefix) {
    return s3.listObjectsV2(request -> request.bucket(BUCKET).prefix(prefix)).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  @Test
  void enablesPointInTimeRecovery() {
    assertThrows(
        PointInTimeRecoveryUnavailableException.class,
        () ->
            dynamodb.exportTableToPointInTime(
                request -> request.tableArn(arn()).s3Bucket(BUCKET)));
    enableRecovery();
    var description =
        dynamodb
            .describeContinuousBackups(request -> request.tableName(TABLE))
            .continuousBackupsDescription()
            .pointInTimeRecoveryDescription();
    assertThat(description.pointInTimeRecoveryStatus(), is(PointInTimeRecoveryStatus.ENABLED));
    assertThat(description.recoveryPeriodInDays(), is(7));
    assertThat(description.earliestRestorableDateTime(), is(now));
    assertThat(description.latestRestorableDateTime(), is(now));
  }

  @Test
  void importsWhatItExported() throws Exception {
    enableRecovery();
    put("a");
    put("b");
    Instant time = now.plusSeconds(1);
    now = now.plusSeconds(2);
    put("c");
    ExportDescription started =
        dynamodb
            .exportTableToPointInTime(
                request ->
                    request
                        .tableArn(arn())
                        .s3Bucket(BUCKET)
                        .s3Prefix("exports")
                        .exportFormat(ExportFormat.ION)
                        .exportTime(time))
            .exportDescription();
    await();
    ExportDescription ended =
        dynamodb.describeExport(request -> request.exportArn(started.exportArn()))
            .exportDescription();
    assertThat(ended.exportStatus(), is(ExportStatus.COMPLETED));
    assertThat(ended.itemCount(), is(2L));
    assertThat(ended.exportTime(), is(time));
    assertThat(ended.clientToken(), is(started.clientToken()));
    assertThat(
        dynamodb.listExports(request -> request.tableArn(arn())).exportSummaries().get(0)
            .exportArn(),
        is(started.exportArn()));
    assertThat(keys("exports/"), hasItem(ended.exportManifest()));
    String data = ended.exportManifest().replace("manifest-summary.json", "data/");
    assertThat(keys(data).size(), is(2));
    importAndCompare(data);
  }

  private void importAndCompare(String prefix) throws Exception {
    ImportTableDescription started =
        dynamodb
            .importTable(
                request ->
                    request
                        .s3BucketSource(source -> source.s3Bucket(BUCKET).s3KeyPrefix(prefix))
                        .inputFormat(InputFormat.ION)
                        .inputCompressionType(InputCompressionType.GZIP)
                        .tableCreationParameters(
                            TableCreationParameters.builder()
                                .tableName("copy")
                                .billingMode(BillingMode.PAY_PER_REQUEST)
                                .attributeDefinitions(attribute())
                                .keySchema(key())
                                .build()))
            .importTableDescription();
    await();
    ImportTableDescription ended =
        dynamodb
            .describeImport(request -> request.importArn(started.importArn()))
            .importTableDescription();
    assertThat(ended.importStatus(), is(ImportStatus.COMPLETED));
    assertThat(ended.importedItemCount(), is(2L));
    assertThat(ended.tableCreationParameters().tableName(), is("copy"));
    assertThat(
        dynamodb.listImports(request -> request.pageSize(1)).importSummaryList().get(0)
            .importArn(),
        is(started.importArn()));
    assertThat(
        dynamodb.scan(request -> request.tableName("copy")).items(),
        containsInAnyOrder(
            Map.of("h", AttributeValue.fromS("a")), Map.of("h", AttributeValue.fromS("b"))));
  }

  @Test
  void exportsWhatChanged() throws Exception {
    enableRecovery();
    Instant from = now;
    put("a");
    now = now.plus(Duration.ofMinutes(20));
    ExportDescription started =
        dynamodb
            .exportTableToPointInTime(
                request ->
                    request
                        .tableArn(arn())
                        .s3Bucket(BUCKET)
                        .exportType(ExportType.INCREMENTAL_EXPORT)
                        .incrementalExportSpecification(
                            window ->
                                window
                                    .exportFromTime(from)
                                    .exportViewType(ExportViewType.NEW_IMAGE)))
            .exportDescription();
    await();
    ExportDescription ended =
        dynamodb.describeExport(request -> request.exportArn(started.exportArn()))
            .exportDescription();
    assertThat(ended.exportStatus(), is(ExportStatus.COMPLETED));
    assertThat(ended.incrementalExportSpecification().exportFromTime(), is(from));
    assertThat(ended.incrementalExportSpecification().exportToTime(), is(now));
    assertThat(ended.itemCount(), is(1L));
    assertThat(keys("AWSDynamoDB/data/").size(), is(2));
  }

  /** The SDK at hand has no bulk operations. */
  private String post(String operation, String body) throws IOException, InterruptedException {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port()))
                    .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                    .header("Content-Type", "application/x-amz-json-1.0")
                    .header("Authorization", "AWS4-HMAC-SHA256 Credential=id/1/us-east-1/dynamodb/")
                    .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"'), UTF_8))
                    .build(),
                HttpResponse.BodyHandlers.ofString(UTF_8));
    assertThat(response.body(), response.statusCode(), is(200));
    return response.body().replace('"', '\'');
  }

  @Test
  void putsInBulk() throws Exception {
    s3.putObject(
        request -> request.bucket(BUCKET).key("in/items.json"),
        RequestBody.fromString("{\"Item\":{\"h\":{\"S\":\"a\"}}}\n{\"Item\":{}}\n"));
    String started =
        post(
            "StartBulkPutItems",
            "{'TableName':'transfers','InputS3Configuration':{'S3Bucket':'sluice',"
                + "'S3KeyPrefix':'in/','InputFormat':'DYNAMODB_JSON'},'OutputS3Configuration':"
                + "{'S3Bucket':'sluice','S3KeyPrefix':'out','OutputType':['ERROR']}}");
    await();
    int at = started.indexOf("arn:");
    String arn = started.substring(at, started.indexOf('\'', at));
    assertThat(
        post("DescribeBulkOperation", "{'BulkOperationArn':'" + arn + "'}"),
        containsString("'BulkOperationStatus':'COMPLETED_WITH_ERRORS'"));
    assertThat(
        post("ListBulkOperations", "{}"),
        containsString("{'BulkOperationArn':'" + arn + "'"));
    assertThat(keys("out/AWSDynamoDB/").size(), is(2));
    assertThat(
        dynamodb.scan(request -> request.tableName(TABLE)).items(),
        is(List.of(Map.of("h", AttributeValue.fromS("a")))));
  }
}
