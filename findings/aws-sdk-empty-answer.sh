#!/usr/bin/env bash
# The AWS SDK for Java takes an answer without content for a complete one. When something between a program and
# DynamoDB (a proxy, a gateway, a captive portal) answers HTTP 200 with "{}", a Scan is over, with no item and no
# LastEvaluatedKey, and a BatchWriteItem has nothing unprocessed: a copy of a table that lacks the rest of it, and
# items that were never written, without an exception or a retry. DynamoDB itself always sends Count with a Scan,
# UnprocessedItems with a BatchWriteItem, and a checksum (x-amz-crc32), which the SDK compares only when it is there.
# Sluice reads these answers itself and asks again for one that lacks them: src/docs/operating.md, "When DynamoDB does
# not answer".
source "$(dirname "$0")/common.sh"

run_java software.amazon.awssdk:dynamodb:2.57.8 software.amazon.awssdk:url-connection-client:2.57.8 <<'JAVA'
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.util.VersionInfo;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

public class Main {
  public static void main(String[] args) throws Exception {
    AtomicInteger requests = new AtomicInteger();
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      requests.incrementAndGet();
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
      exchange.sendResponseHeaders(200, 2);
      exchange.getResponseBody().write("{}".getBytes());
      exchange.close();
    });
    server.start();
    boolean same;
    try (DynamoDbClient client = DynamoDbClient.builder()
        .endpointOverride(URI.create("http://localhost:" + server.getAddress().getPort()))
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))
        .build()) {
      ScanResponse scan = client.scan(request -> request.tableName("trips"));
      int scans = requests.getAndSet(0);
      BatchWriteItemResponse put = client.batchWriteItem(request -> request.requestItems(Map.of("trips", List.of(
          WriteRequest.builder().putRequest(p -> p.item(Map.of("id", AttributeValue.fromS("1")))).build()))));
      int puts = requests.get();
      System.out.println("AWS SDK for Java " + VersionInfo.SDK_VERSION + ", every answer is HTTP 200 with {}");
      System.out.printf("  Scan: %d request, %d items, %s; count is %s%n", scans, scan.items().size(),
          scan.hasLastEvaluatedKey() ? "more to come" : "the scan is finished", scan.count());
      System.out.printf("  BatchWriteItem of 1 item: %d request, %d unprocessed%n", puts, put.unprocessedItems().size());
      same = scans == 1 && scan.items().isEmpty() && !scan.hasLastEvaluatedKey() && scan.count() == null
          && puts == 1 && put.unprocessedItems().isEmpty();
    }
    server.stop(0);
    System.out.println(same ? "As described: both count as done." : "The behaviour has changed.");
    System.exit(same ? 0 : 1);
  }
}
JAVA
