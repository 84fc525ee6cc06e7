/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Uses bulk puts over HTTP, with S3 beside it. */
class BulkPutHttpTest {

  private S3Server s3Server;
  private LocalServers servers;

  @BeforeEach
  void start() throws Exception {
    s3Server = LocalServers.startS3();
    servers = LocalServers.start(s3Server);
  }

  @AfterEach
  void stop() throws Exception {
    servers.close();
    s3Server.stop();
  }

  /** The SDK at hand has no bulk operations. */
  private String post(String operation, String body) throws IOException, InterruptedException {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(servers.endpoint())
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
    servers
        .s3()
        .putObject(
            request -> request.bucket(LocalServers.BUCKET).key("in/items.json"),
            RequestBody.fromString("{\"Item\":{\"h\":{\"S\":\"a\"}}}\n{\"Item\":{}}\n"));
    String started =
        post(
            "StartBulkPutItems",
            "{'TableName':'transfers','InputS3Configuration':{'S3Bucket':'sluice',"
                + "'S3KeyPrefix':'in/','InputFormat':'DYNAMODB_JSON'},'OutputS3Configuration':"
                + "{'S3Bucket':'sluice','S3KeyPrefix':'out','OutputType':['ERROR']}}");
    servers.await();
    int at = started.indexOf("arn:");
    String arn = started.substring(at, started.indexOf('\'', at));
    assertThat(
        post("DescribeBulkOperation", "{'BulkOperationArn':'" + arn + "'}"),
        containsString("'BulkOperationStatus':'COMPLETED_WITH_ERRORS'"));
    assertThat(
        post("ListBulkOperations", "{}"), containsString("{'BulkOperationArn':'" + arn + "'"));
    assertThat(servers.keys("out/AWSDynamoDB/").size(), is(2));
    assertThat(
        servers.dynamodb().scan(request -> request.tableName(LocalServers.TABLE)).items(),
        is(List.of(Map.of("h", AttributeValue.fromS("a")))));
  }
}
