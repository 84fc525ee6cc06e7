/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import io.sluice.localaws.dynamodb.service.Operations;
import io.sluice.localaws.dynamodb.table.Tables;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DynamoDbHttpServerTest {

  private static final String SIGNED =
      "AWS4-HMAC-SHA256 Credential=id/20260101/eu-west-1/dynamodb/aws4_request, "
          + "SignedHeaders=host, Signature=0";

  private static DynamoDbHttpServer server;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws IOException {
    server = DynamoDbHttpServer.start(new Operations(new Tables(InstantSource.system())), 0, 4);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpRequest.Builder request() {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"));
  }

  private static HttpRequest.Builder post(String target, String body) {
    return request()
        .header("X-Amz-Target", target)
        .header("Content-Type", "application/x-amz-json-1.0")
        .header("Authorization", SIGNED)
        .POST(BodyPublishers.ofString(body.replace('\'', '"')));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> call(String operation, String body) throws Exception {
    return send(post("DynamoDB_20120810." + operation, body));
  }

  private static void create(String name) throws Exception {
    assertThat(
        call(
                "CreateTable",
                "{'TableName':'"
                    + name
                    + "','BillingMode':'PAY_PER_REQUEST',"
                    + "'KeySchema':[{'AttributeName':'h','KeyType':'HASH'}],"
                    + "'AttributeDefinitions':[{'AttributeName':'h','AttributeType':'S'}]}")
            .statusCode(),
        is(200));
  }

  @Test
  void answersWithHeadersOfTheService() throws Exception {
    HttpResponse<String> response = call("ListTables", "{'Limit':1}");
    assertThat(response.statusCode(), is(200));
    assertThat(header(response, "Content-Type"), is("application/x-amz-json-1.0"));
    assertThat(header(response, "x-amzn-RequestId"), matchesPattern("[A-Z0-9]{52}"));
    CRC32 checksum = new CRC32();
    checksum.update(response.body().getBytes(StandardCharsets.UTF_8));
    assertThat(header(response, "x-amz-crc32"), is(Long.toString(checksum.getValue())));
    assertThat(
        header(call("ListTables", "{}"), "x-amzn-RequestId"),
        not(header(response, "x-amzn-RequestId")));
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void putsAndGetsItems() throws Exception {
    create("items");
    String item = "{'h':{'S':'\u00e4\u20ac'},'n':{'N':'1'}}";
    assertThat(call("PutItem", "{'TableName':'items','Item':" + item + "}").body(), is("{}"));
    assertThat(
        call("Scan", "{'TableName':'items'}").body().replace('"', '\''),
        is("{'Items':[" + item + "],'Count':1,'ScannedCount':1}"));
  }

  @Test
  void usesTheRegionOfTheSignature() throws Exception {
    create("region");
    assertThat(
        call("DescribeTable", "{'TableName':'region'}").body(),
        containsString("arn:aws:dynamodb:eu-west-1:000000000000:table/region"));
  }

  @Test
  void answersErrorsWithTheirStatus() throws Exception {
    HttpResponse<String> response = call("GetItem", "{'TableName':'none','Key':{}}");
    assertThat(response.statusCode(), is(400));
    assertThat(
        response.body(),
        is(
            "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException\","
                + "\"message\":\"Requested resource not found\"}"));
  }

  @Test
  void refusesTargetsThatNameNoOperation() throws Exception {
    String unknown = "{\"__type\":\"com.amazon.coral.service#UnknownOperationException\"}";
    for (String target : new String[] {"None", "DynamoDB_20120810.None", "X.ListTables"}) {
      HttpResponse<String> response = send(post(target, "{}"));
      assertThat(response.statusCode(), is(400));
      assertThat(response.body(), is(unknown));
    }
    HttpResponse<String> response =
        send(
            request()
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));
    assertThat(response.statusCode(), is(400));
    assertThat(response.body(), is(unknown));
    assertThat(header(response, "Content-Type"), is("application/json"));
  }

  @Test
  void refusesRequestsWithoutASignature() throws Exception {
    HttpResponse<String> response =
        send(
            request()
                .header("X-Amz-Target", "DynamoDB_20120810.ListTables")
                .header("Content-Type", "application/x-amz-json-1.0")
                .POST(BodyPublishers.ofString("{}")));
    assertThat(response.statusCode(), is(400));
    assertThat(
        response.body(),
        is(
            "{\"__type\":\"com.amazon.coral.service#MissingAuthenticationTokenException\","
                + "\"message\":\"Request is missing Authentication Token\"}"));
  }

  @Test
  void refusesRequestsWithoutABody() throws Exception {
    HttpResponse<String> response = call("ListTables", "");
    assertThat(response.statusCode(), is(400));
    assertThat(
        response.body(), is("{\"__type\":\"com.amazon.coral.service#SerializationException\"}"));
  }

  @Test
  void refusesWhatIsNotInUtf8() throws Exception {
    byte[] latin = "{\"TableName\":\"\u00e4bc\"}".getBytes(StandardCharsets.ISO_8859_1);
    HttpResponse<String> response =
        send(post("DynamoDB_20120810.Scan", "").POST(BodyPublishers.ofByteArray(latin)));
    assertThat(response.statusCode(), is(400));
    assertThat(
        response.body(), is("{\"__type\":\"com.amazon.coral.service#SerializationException\"}"));
  }

  @Test
  void refusesWhatIsNotOfItsProtocol() throws Exception {
    for (HttpRequest.Builder request :
        List.of(
            request().PUT(BodyPublishers.noBody()),
            request().header("Content-Type", "text/plain").POST(BodyPublishers.ofString("{}")))) {
      HttpResponse<String> response = send(request);
      assertThat(response.statusCode(), is(404));
      assertThat(response.body(), is("<UnknownOperationException/>\n"));
      assertThat(header(response, "x-amz-crc32"), is("3552371480"));
    }
  }

  @Test
  void saysThatItIsHealthy() throws Exception {
    HttpResponse<String> response = send(request().GET());
    assertThat(response.statusCode(), is(200));
    assertThat(response.body(), is("healthy: dynamodb.us-east-1.amazonaws.com "));
    assertThat(header(response, "x-amz-crc32"), is("3128867991"));
  }

  @Test
  void refusesBodiesThatAreTooLarge() throws Exception {
    // A client that does not wait for the answer may still be sending when the connection is
    // closed.
    HttpResponse<String> response =
        send(
            post("DynamoDB_20120810.ListTables", " ".repeat(RequestBody.MAX_BYTES + 1))
                .expectContinue(true));
    assertThat(response.statusCode(), is(413));
  }

  @Test
  void countsForManyClientsAtOnce() throws Exception {
    create("counter");
    String add =
        "{'TableName':'counter','Key':{'h':{'S':'a'}},'UpdateExpression':'ADD n :one',"
            + "'ExpressionAttributeValues':{':one':{'N':'1'}}}";
    List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      responses.add(
          CLIENT.sendAsync(
              post("DynamoDB_20120810.UpdateItem", add).build(), BodyHandlers.ofString()));
    }
    for (CompletableFuture<HttpResponse<String>> response : responses) {
      assertThat(response.get().body(), is("{}"));
    }
    assertThat(
        call("GetItem", "{'TableName':'counter','Key':{'h':{'S':'a'}}}").body(),
        is("{\"Item\":{\"h\":{\"S\":\"a\"},\"n\":{\"N\":\"200\"}}}"));
  }
}
