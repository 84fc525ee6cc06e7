/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.job;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.localaws.dynamodb.service.S3Service;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailureTest {

  private static final String ENDED = "The job ended with ";

  private final S3Service service = S3Service.withRecovery();

  private Map<String, Object> ended(String start, String request, String kind, String describe) {
    Map<String, Object> started =
        S3Service.object(service.ok(start, request), kind + "Description");
    service.breaks(new StackOverflowError());
    service.runJobs();
    String arn = kind.replace("Table", "") + "Arn";
    return S3Service.object(
        service.ok(describe, "{'" + arn + "':'" + started.get(arn) + "'}"), kind + "Description");
  }

  @Test
  void endsJobsThatAnErrorEnds() {
    Map<String, Object> export =
        ended(
            "ExportTableToPointInTime",
            "{'TableArn':'" + S3Service.ARN + "','S3Bucket':'bucket'}",
            "Export",
            "DescribeExport");
    assertThat(export.get("ExportStatus"), is("FAILED"));
    assertThat(export.get("FailureMessage"), is(ENDED + "StackOverflowError"));
    Map<String, Object> intake =
        ended(
            "ImportTable",
            "{'ClientToken':'t','S3BucketSource':{'S3Bucket':'bucket'},"
                + "'InputFormat':'DYNAMODB_JSON','TableCreationParameters':"
                + S3Service.table("def")
                + "}",
            "ImportTable",
            "DescribeImport");
    assertThat(intake.get("ImportStatus"), is("FAILED"));
    assertThat(intake.get("FailureMessage"), is(ENDED + "StackOverflowError"));
    Map<String, Object> put =
        ended(
            "StartBulkPutItems",
            "{'TableName':'abc','InputS3Configuration':{'S3Bucket':'bucket','InputFormat':'ION'},"
                + "'OutputS3Configuration':{'S3Bucket':'bucket','OutputType':['ERROR']}}",
            "BulkOperation",
            "DescribeBulkOperation");
    assertThat(put.get("BulkOperationStatus"), is("FAILED"));
    assertThat(put.get("FailureMessage"), is(ENDED + "StackOverflowError"));
  }

  @Test
  void givesTheReasonUnlessItMayBeAboutItems() {
    assertThat(
        Failure.of(new IOException("S3 cannot read key in bucket")).message(),
        is(ENDED + "IOException: S3 cannot read key in bucket"));
    assertThat(
        Failure.of(DynamoDbException.notFound("Requested resource not found")).message(),
        is("Requested resource not found"));
    assertThat(
        Failure.of(new IllegalArgumentException("the item must keep its key")).message(),
        is(ENDED + "IllegalArgumentException"));
  }
}
