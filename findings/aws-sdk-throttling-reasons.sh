#!/usr/bin/env bash
# The AWS SDK for Java spells one member of DynamoDB's errors in two ways. ThrottlingException has its reasons in
# throttlingReasons, ProvisionedThroughputExceededException and RequestLimitExceeded have them in ThrottlingReasons, and
# the SDK reads only the spelling that its model has for the exception: with the other one the list is empty, without a
# word. A throttled table on demand answers with the former, a provisioned one with the latter, so an endpoint, a proxy's
# log or a client of one's own that knows one spelling never learns why the other kind of table throttles.
# Sluice reads both, and its embedded DynamoDB writes each as the model has it.
source "$(dirname "$0")/common.sh"

run_java software.amazon.awssdk:dynamodb:2.57.8 software.amazon.awssdk:url-connection-client:2.57.8 <<'JAVA'
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.util.VersionInfo;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.RequestLimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingReason;

public class Main {
  static int reasons(String type, String member) throws Exception {
    byte[] body =
        ("{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + type + "\",\"message\":\"slow down\",\"" + member
                + "\":[{\"reason\":\"TableWriteKeyRangeThroughputExceeded\",\"resource\":\"arn:aws:dynamodb:us-east-1:123456789012:table/t\"}]}")
            .getBytes(StandardCharsets.UTF_8);
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(400, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.start();
    try (DynamoDbClient client =
        DynamoDbClient.builder()
            .region(Region.US_EAST_1)
            .endpointOverride(URI.create("http://localhost:" + server.getAddress().getPort()))
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
            .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build()) {
      client.listTables();
      throw new IllegalStateException("no failure");
    } catch (ThrottlingException e) {
      return e.throttlingReasons().size();
    } catch (ProvisionedThroughputExceededException e) {
      return e.throttlingReasons().size();
    } catch (RequestLimitExceededException e) {
      return e.throttlingReasons().size();
    } finally {
      server.stop(0);
    }
  }

  public static void main(String[] args) throws Exception {
    System.out.println("AWS SDK " + VersionInfo.SDK_VERSION + ", reasons that it reads of one that was sent");
    boolean same = true;
    for (String type : List.of("ThrottlingException", "ProvisionedThroughputExceededException", "RequestLimitExceeded")) {
      int small = reasons(type, "throttlingReasons");
      int capital = reasons(type, "ThrottlingReasons");
      System.out.printf("  %-40s throttlingReasons: %d   ThrottlingReasons: %d%n", type, small, capital);
      boolean isSmall = type.equals("ThrottlingException");
      same &= small == (isSmall ? 1 : 0) && capital == (isSmall ? 0 : 1);
    }
    System.out.println(same ? "As described: each exception has a spelling of its own." : "The behaviour has changed.");
    System.exit(same ? 0 : 1);
  }
}
JAVA
