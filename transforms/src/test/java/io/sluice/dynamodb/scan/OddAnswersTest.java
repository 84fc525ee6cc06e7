/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.capacity.OnDemandUnits;
import io.sluice.dynamodb.TestTable;
import io.sluice.dynamodb.table.Billing;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.item.page.ItemPage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Answers that DynamoDB gives rarely or never, but that something on the way might give. */
@Timeout(60)
class OddAnswersTest {
  private static final String SECRET = "4111-1111";
  private static final String FIRST =
      "{\"Items\":[{\"id\":{\"S\":\""
          + SECRET
          + "\"}}],\"Count\":1,\"ScannedCount\":1,"
          + "\"LastEvaluatedKey\":{\"id\":{\"S\":\"é\"}}}";
  private static final String LAST = "{\"Items\":[],\"Count\":0,\"ScannedCount\":0}";

  /** An answer to a Scan. */
  private record Answer(int status, String body, long checksum) {
    static Answer of(int status, String body) {
      CRC32 crc = new CRC32();
      crc.update(body.getBytes(UTF_8));
      return new Answer(status, body, crc.getValue());
    }
  }

  private final ArrayDeque<Answer> answers = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private final String table = "t-" + UUID.randomUUID();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String request = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    Answer answer;
    if (exchange.getRequestHeaders().getFirst("X-Amz-Target").endsWith("DescribeTable")) {
      answer =
          Answer.of(
              200,
              "{\"Table\":{\"AttributeDefinitions\":[{\"AttributeName\":\"id\",\"AttributeType\":"
                  + "\"S\"}],\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}]}}");
    } else {
      asked.add(request);
      answer = answers.remove();
    }
    byte[] body = answer.body().getBytes(UTF_8);
    exchange.getResponseHeaders().add("x-amz-crc32", Long.toString(answer.checksum()));
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private ScanSpec spec() {
    ScanSpec spec =
        new ScanSpec(TableInfo.toBe(table, TestTable.KEY, Billing.ON_DEMAND, OnDemandUnits.NONE));
    spec.segments = 1;
    spec.setClient(
        ClientConfiguration.builder()
            .endpoint(URI.create("http://localhost:" + server.getAddress().getPort()))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
            .build());
    return spec;
  }

  private void assertReadsBothPages() throws IOException {
    List<ItemPage> pages = TestScan.pages(spec());
    assertThat(answers.size(), is(0));
    assertThat(TestScan.ids(pages), is(List.of(SECRET)));
    assertThat(TestScan.tally(pages).problem(1).isEmpty(), is(true));
  }

  @Test
  void anAnswerThatIsNoneIsAskedForAgain() throws Exception {
    // The first request and what is sent again go through the SDK's pipeline, the others past it.
    for (String page : List.of(FIRST, LAST)) {
      answers.add(Answer.of(200, "<html>Welcome to the hotel</html>"));
      answers.add(Answer.of(200, "{}"));
      answers.add(Answer.of(200, page.substring(0, page.length() - 3)));
      answers.add(Answer.of(200, ""));
      answers.add(Answer.of(502, "<html>Bad gateway</html>"));
      answers.add(new Answer(200, page, 4711));
      answers.add(Answer.of(200, page));
    }
    assertReadsBothPages();
  }

  @Test
  void anAnswerThatIsNoneAgainAndAgainEndsTheScanSoon() {
    for (int i = 0; i < 100; i++) {
      answers.add(Answer.of(200, FIRST.substring(0, FIRST.length() - 3)));
    }
    ScanSpec spec = spec();
    spec.setRetryFor(Duration.ofSeconds(10));
    IOException failure = assertThrows(IOException.class, () -> TestScan.pages(spec));
    assertThat(
        failure.getMessage(),
        is(
            "The table "
                + table
                + " cannot be scanned: the answers are repeatedly not DynamoDB's (not a"
                + " response of DynamoDB: it ends early); a proxy or gateway may be changing them"));
    // Otherwise a caller who prints the innermost reason would leave the table out.
    for (Throwable t = failure; t != null; t = t.getCause()) {
      assertThat(t.getMessage(), is(failure.getMessage()));
    }
    assertThat(asked.size(), lessThan(10));
  }

  @Test
  void aDamagedPageIsAskedForAgain() throws Exception {
    answers.add(Answer.of(200, FIRST));
    answers.add(new Answer(200, LAST, 4711));
    answers.add(Answer.of(200, LAST));
    assertReadsBothPages();
    assertThat(asked.get(1), is(asked.get(2)));
    assertThat(
        asked.get(1),
        containsString("\"Segment\":0,\"ExclusiveStartKey\":{\"id\":{\"S\":\"é\"}}}"));
  }

  private static String traceOf(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  private IOException failure() {
    return assertThrows(IOException.class, () -> TestScan.pages(spec()));
  }

  @Test
  void aLackOfPermissionEndsTheScan() {
    answers.add(Answer.of(200, FIRST));
    answers.add(
        Answer.of(
            400,
            "{\"__type\":\"com.amazon.coral.service#AccessDeniedException\",\"Message\":\"User is"
                + " not authorized\"}"));
    assertThat(
        failure().getMessage(),
        is("The table " + table + " cannot be scanned: AccessDeniedException (HTTP 400)"));
  }

  @Test
  void whatIsInvalidForAnotherReasonIsNotRepeated() {
    answers.add(
        Answer.of(
            400,
            "{\"__type\":\"com.amazon.coral.validate#ValidationException\",\"message\":\"One of "
                + SECRET
                + "\"}"));
    String trace = traceOf(failure());
    assertThat(trace, containsString("cannot be scanned: ValidationException (HTTP 400)"));
    assertThat(trace, containsString("at io.sluice.dynamodb.scan.SegmentScan.next"));
    assertThat(trace, not(containsString(SECRET)));
  }

  @Test
  void noTraceOfAnAnswerThatIsNotUnderstoodHasContents() {
    for (String odd :
        List.of(
            FIRST.substring(0, FIRST.indexOf(SECRET) + 6),
            FIRST.replace("\"S\"", "\"B\""),
            FIRST.replace("Count\":1", "Count\":\"" + SECRET + "\""))) {
      answers.clear();
      for (int i = 0; i < 100; i++) {
        answers.add(Answer.of(200, odd));
      }
      ScanSpec spec = spec();
      spec.setRetryFor(Duration.ofSeconds(1));
      IOException failure = assertThrows(IOException.class, () -> TestScan.pages(spec));
      String trace = traceOf(failure);
      assertThat(trace, containsString("the answers are repeatedly not DynamoDB's"));
      assertThat(trace, not(containsString("4111")));
    }
  }

  @Test
  void aPageThatEndsWhereItBeganEndsTheScan() {
    answers.add(Answer.of(200, FIRST));
    answers.add(Answer.of(200, FIRST));
    assertThat(failure().getMessage(), containsString("ends where it began"));
  }

  @Test
  void theRequestHasWhatWasSet() throws Exception {
    answers.add(Answer.of(200, LAST));
    ScanSpec spec = spec();
    spec.filter = "#a = :é";
    spec.projection = "#a";
    spec.setNames(Map.of("#a", "na\"me"));
    spec.setValues(Map.of(":é", AttributeValue.fromS("ü")));
    spec.consistent = true;
    TestScan.pages(spec);
    assertThat(
        asked.get(0),
        is(
            "{\"TableName\":\""
                + table
                + "\",\"ReturnConsumedCapacity\":\"TOTAL\",\"TotalSegments\":1,"
                + "\"ConsistentRead\":true,\"FilterExpression\":\"#a = :é\","
                + "\"ProjectionExpression\":\"#a\","
                + "\"ExpressionAttributeNames\":{\"#a\":\"na\\\"me\"},"
                + "\"ExpressionAttributeValues\":{\":é\":{\"S\":\"ü\"}},\"Segment\":0}"));
  }
}
