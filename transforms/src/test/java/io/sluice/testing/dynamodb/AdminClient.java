/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Asks the server of {@code runner-profiles/local-aws} for tables, and for what it is to play. */
public final class AdminClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String ANY_SIGNATURE =
      "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request,"
          + " SignedHeaders=host, Signature=a";

  private final URI endpoint;

  /** Asks a server that was started with {@code --admin}. */
  public AdminClient(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** Sends a request for one of DynamoDB's operations. */
  void ask(String operation, ObjectNode body) {
    var unused =
        send(
            HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                .header("Authorization", ANY_SIGNATURE)
                .header("X-Amz-Date", "20260101T000000Z")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
  }

  /** Has the server play what the settings say, apart from their table. */
  void apply(EndpointSettings settings) {
    post("capacity", capacity(settings));
    post("latency", JSON.createObjectNode().put("millis", settings.latencyMillis()));
    post("faults", faults(settings));
  }

  private static ObjectNode capacity(EndpointSettings settings) {
    Throughput limits = settings.throughput();
    ObjectNode capacity =
        JSON.createObjectNode()
            .put("enforced", true)
            .put("burstSeconds", limits.burstSeconds())
            .put("savedSeconds", limits.burstSeconds())
            .put("partitionRead", "unlimited");
    limit(capacity, "partitionWrite", limits.partitionWritePerSecond());
    ObjectNode all = capacity.putObject("limits");
    limit(all.putObject(settings.table().name()), limits.readPerSecond(), limits.writePerSecond());
    for (String index : settings.table().indexes().keySet()) {
      limit(
          all.putObject(settings.table().name() + "/" + index),
          Throughput.UNLIMITED,
          Throughput.UNLIMITED);
    }
    return capacity;
  }

  private static void limit(ObjectNode to, double read, double write) {
    limit(to, "read", read);
    limit(to, "write", write);
  }

  private static void limit(ObjectNode to, String name, double units) {
    if (Double.isInfinite(units)) {
      to.put(name, "unlimited");
    } else {
      to.put(name, units);
    }
  }

  private static ObjectNode faults(EndpointSettings settings) {
    ObjectNode faults = JSON.createObjectNode();
    ArrayNode rules = faults.putArray("rules");
    rules
        .addObject()
        .put("containing", "\"" + EndpointSettings.POISON + "\"")
        .put("fault", "ValidationException")
        .put("message", "The item is poisoned")
        .putArray("operations")
        .add("PutItem")
        .add("BatchWriteItem");
    // In the order of the enum, not the map's, which differs from JVM to JVM.
    for (Fault fault : Fault.values()) {
      double share = settings.faults().shares().getOrDefault(fault, 0.0);
      if (share > 0) {
        ObjectNode rule = fault(fault, settings).put("share", share);
        settings.faults().operations().stream().sorted().forEach(rule.putArray("operations")::add);
        rules.add(rule);
      }
    }
    return faults;
  }

  private static ObjectNode fault(Fault fault, EndpointSettings settings) {
    ObjectNode json = JSON.createObjectNode().put("fault", fault.text());
    return fault == Fault.TRICKLE ? json.put("millis", settings.trickleMillis()) : json;
  }

  /** Has the next requests, of the operations that the settings name, get this fault. */
  void failNext(int requests, Fault fault, EndpointSettings settings) {
    String operations = String.join("+", settings.faults().operations());
    post(
        "faults/next",
        fault(fault, settings).put("operation", operations).put("requests", requests));
  }

  /** Has the server make items in a table. */
  void fill(String table, GeneratedItems items) {
    post(
        "fill",
        JSON.createObjectNode()
            .put("table", table)
            .put("items", items.count())
            .put("bytes", items.bytes())
            .put("attributes", items.attributes()));
  }

  /** Begins the books anew; buckets are as full as those of a new table. */
  public void reset() {
    post("reset", JSON.createObjectNode());
  }

  /** Changes what a page is about, by JSON in which apostrophes stand for quotes. */
  public void post(String page, String body) {
    try {
      post(page, (ObjectNode) JSON.readTree(body.replace('\'', '"')));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void post(String page, ObjectNode body) {
    var unused =
        send(
            HttpRequest.newBuilder(endpoint.resolve("/_sluice/" + page))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
  }

  /** The books of a table, and those of all requests. */
  public Books books(String table) {
    try {
      HttpRequest request = HttpRequest.newBuilder(endpoint.resolve("/_sluice/books")).build();
      JsonNode all = JSON.readTree(send(request));
      // A table that nothing has happened to is in no book.
      JsonNode own = all.required("tables").path(table);
      Map<String, Map<String, Long>> requests = new TreeMap<>();
      all.required("requests")
          .properties()
          .forEach(operation -> requests.put(operation.getKey(), counts(operation.getValue())));
      List<Double> written = new ArrayList<>();
      own.path("write").path("perSecond").forEach(units -> written.add(units.asDouble()));
      return new Books(
          all.required("seconds").asDouble(),
          requests,
          counts(all.required("faults")),
          count(own, "itemsPut"),
          count(own, "itemsUnheard"),
          count(own, "distinctKeys"),
          count(own, "itemsUnprocessed"),
          count(own, "itemsRead"),
          written,
          own.path("read").path("total").asDouble(),
          own.path("write").path("total").asDouble(),
          all.required("requestsNow").asInt(),
          all.required("requestsAtOnce").asInt());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long count(JsonNode table, String name) {
    return table.isMissingNode() ? 0 : table.required(name).asLong();
  }

  private static Map<String, Long> counts(JsonNode json) {
    Map<String, Long> counts = new TreeMap<>();
    json.properties().forEach(count -> counts.put(count.getKey(), count.getValue().asLong()));
    return counts;
  }

  private static byte[] send(HttpRequest request) {
    try {
      HttpResponse<byte[]> response = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new IllegalArgumentException(
            request.uri() + " answers " + new String(response.body(), UTF_8));
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while it asked DynamoDB", e);
    }
  }
}
