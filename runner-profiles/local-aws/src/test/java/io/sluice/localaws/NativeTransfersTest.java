/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
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
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryUnavailableException;
import software.amazon.awssdk.services.dynamodb.model.TableCreationParameters;

/** Uses exports and imports as clients do: the SDK, and S3 over HTTP beside it. */
class NativeTransfersTest {

  private static final String TABLE = LocalServers.TABLE;
  private static final String BUCKET = LocalServers.BUCKET;

  private volatile Instant now = Instant.parse("2026-01-02T03:04:05.678Z");
  private static S3Server s3Server;

  private LocalServers servers;
  private DynamoDbClient dynamodb;

  @BeforeAll
  static void startS3() throws Exception {
    s3Server = LocalServers.startS3();
  }

  @AfterAll
  static void stopS3() throws Exception {
    s3Server.stop();
  }

  @BeforeEach
  void start() throws Exception {
    servers = LocalServers.start(s3Server);
    dynamodb = servers.dynamodb();
  }

  @AfterEach
  void stop() {
    servers.close();
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

  @Test
  void enablesPointInTimeRecovery() {
    assertThrows(
        PointInTimeRecoveryUnavailableException.class,
        () ->
            dynamodb.exportTableToPointInTime(request -> request.tableArn(arn()).s3Bucket(BUCKET)));
    enableRecovery();
    var description =
        dynamodb
            .describeContinuousBackups(request -> request.tableName(TABLE))
            .continuousBackupsDescription()
            .pointInTimeRecoveryDescription();
    assertThat(description.pointInTimeRecoveryStatus(), is(PointInTimeRecoveryStatus.ENABLED));
    assertThat(description.recoveryPeriodInDays(), is(7));
    assertThat(description.earliestRestorableDateTime(), is(servers.now()));
    assertThat(description.latestRestorableDateTime(), is(servers.now()));
  }

  @Test
  void importsWhatItExported() throws Exception {
    enableRecovery();
    put("a");
    put("b");
    Instant time = servers.now().plusSeconds(1);
    servers.passes(Duration.ofSeconds(2));
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
    servers.await();
    ExportDescription ended =
        dynamodb
            .describeExport(request -> request.exportArn(started.exportArn()))
            .exportDescription();
    assertThat(ended.exportStatus(), is(ExportStatus.COMPLETED));
    assertThat(ended.itemCount(), is(2L));
    assertThat(ended.exportTime(), is(time));
    assertThat(ended.clientToken(), is(started.clientToken()));
    assertThat(
        dynamodb
            .listExports(request -> request.tableArn(arn()))
            .exportSummaries()
            .get(0)
            .exportArn(),
        is(started.exportArn()));
    assertThat(servers.keys("exports/"), hasItem(ended.exportManifest()));
    String data = ended.exportManifest().replace("manifest-summary.json", "data/");
    assertThat(servers.keys(data).size(), is(2));
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
                                .attributeDefinitions(LocalServers.attribute())
                                .keySchema(LocalServers.key())
                                .build()))
            .importTableDescription();
    servers.await();
    ImportTableDescription ended =
        dynamodb
            .describeImport(request -> request.importArn(started.importArn()))
            .importTableDescription();
    assertThat(ended.importStatus(), is(ImportStatus.COMPLETED));
    assertThat(ended.importedItemCount(), is(2L));
    assertThat(ended.tableCreationParameters().tableName(), is("copy"));
    assertThat(
        dynamodb.listImports(request -> request.pageSize(1)).importSummaryList().get(0).importArn(),
        is(started.importArn()));
    assertThat(
        dynamodb.scan(request -> request.tableName("copy")).items(),
        containsInAnyOrder(
            Map.of("h", AttributeValue.fromS("a")), Map.of("h", AttributeValue.fromS("b"))));
  }

  @Test
  void exportsWhatChanged() throws Exception {
    enableRecovery();
    Instant from = servers.now();
    put("a");
    servers.passes(Duration.ofMinutes(20));
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
    servers.await();
    ExportDescription ended =
        dynamodb
            .describeExport(request -> request.exportArn(started.exportArn()))
            .exportDescription();
    assertThat(ended.exportStatus(), is(ExportStatus.COMPLETED));
    assertThat(ended.incrementalExportSpecification().exportFromTime(), is(from));
    assertThat(ended.incrementalExportSpecification().exportToTime(), is(servers.now()));
    assertThat(ended.itemCount(), is(1L));
    assertThat(servers.keys("AWSDynamoDB/data/").size(), is(2));
  }
}
