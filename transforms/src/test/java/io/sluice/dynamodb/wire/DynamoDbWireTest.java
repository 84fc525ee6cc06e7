/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import io.sluice.dynamodb.TestTable;
import io.sluice.item.json.ItemJsonBuffer;
import io.sluice.localaws.dynamodb.DynamoDb;
import io.sluice.localaws.dynamodb.signature.AccessKey;
import io.sluice.testing.ScriptedDynamoDb;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.Fault;
import io.sluice.testing.dynamodb.Faults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Requests that go past the SDK's pipeline, and fail or are answered as if they did not. */
@Timeout(60)
class DynamoDbWireTest {
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final AwsCredentials RIGHT = AwsBasicCredentials.create("key", "right");
  private static final AwsCredentials WRONG = AwsBasicCredentials.create("key", "wrong");

  private static DynamoDbWire wire(URI endpoint) {
    return Clients.of(
        DynamoDbWire.Operation.SCAN,
        "t",
        LONG,
        ClientConfiguration.builder()
            .endpoint(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(StaticCredentialsProvider.create(RIGHT))
            .build(),
        PipelineOptionsFactory.create().as(AwsOptions.class));
  }

  private static DynamoDbWire wire(URI endpoint, AwsCredentialsProvider credentials) {
    ClientOverrideConfiguration.Builder settings = ClientOverrideConfiguration.builder();
    DynamoDbWire.addTo(settings);
    SdkHttpClient http = ApacheHttpClient.create();
    DynamoDbClient client =
        DynamoDbClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(credentials)
            .httpClient(http)
            .overrideConfiguration(settings.build())
            .build();
    return new DynamoDbWire(client, http, DynamoDbWire.Operation.SCAN, "t");
  }

  private static EncodedRequest scan(String table) {
    return new EncodedRequest(new ItemJsonBuffer().raw("{\"TableName\":\"" + table + "\"}"));
  }

  private static EncodedRequest scan(EmbeddedDynamoDb db) {
    return scan(db.settings().table().name());
  }

  private static EmbeddedDynamoDb start() {
    EndpointSettings settings = TestTable.settings().withFaults(Faults.none().of("Scan"));
    return EmbeddedDynamoDb.start(settings);
  }

  private static RequestFailure failure(DynamoDbWire wire, EncodedRequest request) {
    return RequestFailure.of(assertThrows(RuntimeException.class, () -> wire.send(request)));
  }

  /** Returns for each of two requests the header that Apache's client always sends. */
  private static List<String> connectionHeaders() throws Exception {
    List<String> headers = new CopyOnWriteArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          headers.add(String.valueOf(exchange.getRequestHeaders().getFirst("Connection")));
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("{}".getBytes(UTF_8));
          exchange.close();
        });
    server.start();
    URI endpoint = URI.create("http://localhost:" + server.getAddress().getPort());
    try (DynamoDbWire wire = wire(endpoint)) {
      for (int i = 0; i < 2; i++) {
        assertThat(new String(wire.send(scan("t")).body(), UTF_8), is("{}"));
      }
    } finally {
      server.stop(0);
    }
    return headers;
  }

  @Test
  void theFirstRequestIsTheSdks() throws Exception {
    assertThat(connectionHeaders(), is(List.of("Keep-Alive", "null")));
  }

  @Test
  void allRequestsAreSentByTheSdksClientWhenThereMayBeAProxy() throws Exception {
    System.setProperty("http.proxyHost", "proxy.invalid");
    System.setProperty("http.nonProxyHosts", "localhost");
    try {
      assertThat(connectionHeaders(), is(List.of("Keep-Alive", "Keep-Alive")));
    } finally {
      System.clearProperty("http.proxyHost");
      System.clearProperty("http.nonProxyHosts");
    }
  }

  @Test
  void requestsAreSignedWithTheCredentialsOfTheTime() {
    AtomicReference<AwsCredentials> now = new AtomicReference<>(RIGHT);
    try (DynamoDb db = DynamoDb.builder().signedWith(new AccessKey("key", "right")).start();
        DynamoDbWire wire = wire(db.endpoint(), now::get)) {
      wire.sdk()
          .createTable(
              r ->
                  r.tableName("table")
                      .billingMode(BillingMode.PAY_PER_REQUEST)
                      .keySchema(
                          KeySchemaElement.builder()
                              .attributeName("id")
                              .keyType(KeyType.HASH)
                              .build())
                      .attributeDefinitions(
                          AttributeDefinition.builder()
                              .attributeName("id")
                              .attributeType(ScalarAttributeType.S)
                              .build()));
      for (int i = 0; i < 3; i++) {
        now.set(RIGHT);
        wire.send(scan("table"));
        now.set(WRONG);
        DynamoDbException e = assertThrows(DynamoDbException.class, () -> wire.send(scan("table")));
        assertThat(e.awsErrorDetails().errorCode(), is("InvalidSignatureException"));
        assertThat(e.statusCode(), is(400));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"RESET_BEFORE", "RESET_AFTER", "INTERNAL_ERROR", "UNAVAILABLE"})
  void faultsPass(Fault fault) {
    try (EmbeddedDynamoDb db = start();
        DynamoDbWire wire = wire(db.endpoint())) {
      wire.send(scan(db));
      db.failNext(2, fault);
      assertThat(failure(wire, scan(db)), is(RequestFailure.TRANSIENT));
      assertThat(failure(wire, scan(db)), is(RequestFailure.TRANSIENT));
      wire.send(scan(db));
      assertThat(db.books().faults(fault), is(2L));
    }
  }

  private static Future<RequestFailure> hanging(
      EmbeddedDynamoDb db, DynamoDbWire wire, EncodedRequest request) throws Exception {
    db.failNext(1, Fault.HANG_BEFORE);
    ExecutorService threads = Executors.newSingleThreadExecutor();
    Future<RequestFailure> failure = threads.submit(() -> failure(wire, request));
    threads.shutdown();
    while (db.books().faults(Fault.HANG_BEFORE) == 0) {
      Thread.onSpinWait();
    }
    return failure;
  }

  @Test
  void requestsThatHangAreAborted() throws Exception {
    try (EmbeddedDynamoDb db = start();
        DynamoDbWire wire = wire(db.endpoint())) {
      wire.send(scan(db));
      Future<RequestFailure> failure = hanging(db, wire, scan(db));
      wire.abortOlderThan(LONG);
      assertThat(failure.isDone(), is(false));
      wire.abortOlderThan(Duration.ZERO);
      assertThat(failure.get(), is(RequestFailure.TRANSIENT));
    }
  }

  @Test
  void oneRequestIsAborted() throws Exception {
    try (EmbeddedDynamoDb db = start();
        DynamoDbWire wire = wire(db.endpoint())) {
      wire.send(scan(db));
      EncodedRequest request = scan(db);
      Future<RequestFailure> failure = hanging(db, wire, request);
      request.abort();
      assertThat(failure.get(), is(RequestFailure.TRANSIENT));
      assertThrows(AbortedException.class, () -> wire.send(request));
      wire.send(scan(db));
    }
  }

  @Test
  void theEndAbortsWhatHangs() throws Exception {
    try (EmbeddedDynamoDb db = start()) {
      DynamoDbWire wire = wire(db.endpoint());
      wire.send(scan(db));
      Future<RequestFailure> failure = hanging(db, wire, scan(db));
      wire.close();
      assertThat(failure.get(), is(RequestFailure.TRANSIENT));
    }
  }

  @Test
  void theTimeOfAnAnswerIsTheServers() {
    Instant time = Instant.parse("2001-02-03T04:05:06Z");
    try (EmbeddedDynamoDb db =
            EmbeddedDynamoDb.start(TestTable.settings(), () -> time.plusMillis(789));
        DynamoDbWire wire = wire(db.endpoint())) {
      assertThat("through the SDK", wire.send(scan(db)).time(), is(Optional.of(time)));
      assertThat("past it", wire.send(scan(db)).time(), is(Optional.of(time)));
    }
  }

  @Test
  void somethingOnTheWayMayRemoveTheDate() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());
        DynamoDbWire wire = wire(URI.create("http://localhost:" + server.getLocalPort()))) {
      Thread answers = new Thread(() -> answerWithoutDate(server));
      answers.setDaemon(true);
      answers.start();
      assertThat("through the SDK", wire.send(scan("t")).time(), is(Optional.empty()));
      assertThat("past it", wire.send(scan("t")).time(), is(Optional.empty()));
    }
  }

  /** Answers two requests, whose heads and bodies are short. */
  private static void answerWithoutDate(ServerSocket server) {
    for (int i = 0; i < 2; i++) {
      try (Socket socket = server.accept()) {
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\"t\"}") < 0) {
          request.append((char) socket.getInputStream().read());
        }
        socket
            .getOutputStream()
            .write(
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}"
                    .getBytes(UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void aDamagedAnswerIsNoAnswer() {
    try (ScriptedDynamoDb db = ScriptedDynamoDb.start();
        DynamoDbWire wire = wire(db.endpoint())) {
      ScriptedDynamoDb.Answer good = ScriptedDynamoDb.Answer.of("{}");
      db.answer("Scan", List.of(good, new ScriptedDynamoDb.Answer(200, "{}", 1L), good));
      wire.send(scan("t"));
      assertThat(failure(wire, scan("t")), is(RequestFailure.UNREADABLE));
      assertThat(new String(wire.send(scan("t")).body(), UTF_8), is("{}"));
    }
  }
}
