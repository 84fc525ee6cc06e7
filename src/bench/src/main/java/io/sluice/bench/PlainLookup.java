/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/**
 * Looks up events as a loop over BatchGetItem does: it parses a line with Jackson, has 100
 * different keys in a request and some requests in flight on threads of their own, and remembers
 * nothing.
 *
 * @param inFlight how many requests
 */
record PlainLookup(String table, DynamoDbClient client, int inFlight) {
  private static final int BATCH = 100;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A line that waits for its batch. */
  private record Line(String text, String id) {}

  /** Writes the lines of an input whose products the table has; returns how many. */
  long run(Path input, Path output) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(inFlight);
    ArrayDeque<Future<List<String>>> running = new ArrayDeque<>();
    long kept = 0;
    try (BufferedReader in = Files.newBufferedReader(input);
        BufferedWriter out = Files.newBufferedWriter(output)) {
      List<Line> lines = new ArrayList<>();
      Set<String> ids = new HashSet<>();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String id = JSON.readTree(line).path("product").path("id").asText();
        lines.add(new Line(line, id));
        ids.add(id);
        if (ids.size() == BATCH) {
          List<Line> batch = lines;
          running.add(threads.submit(() -> present(batch)));
          lines = new ArrayList<>();
          ids.clear();
          if (running.size() == inFlight) {
            kept += write(running.remove().get(), out);
          }
        }
      }
      List<Line> last = lines;
      running.add(threads.submit(() -> present(last)));
      while (!running.isEmpty()) {
        kept += write(running.remove().get(), out);
      }
    } finally {
      threads.shutdown();
    }
    return kept;
  }

  private static long write(List<String> lines, BufferedWriter out) throws IOException {
    for (String line : lines) {
      out.write(line);
      out.write('\n');
    }
    return lines.size();
  }

  private List<String> present(List<Line> lines) {
    Set<String> found = new HashSet<>();
    Map<String, KeysAndAttributes> left =
        Map.of(
            table,
            KeysAndAttributes.builder()
                .keys(
                    lines.stream()
                        .map(Line::id)
                        .distinct()
                        .map(id -> Map.of("id", AttributeValue.fromS(id)))
                        .toList())
                .projectionExpression("id")
                .build());
    while (!left.isEmpty() && !lines.isEmpty()) {
      Map<String, KeysAndAttributes> request = left;
      BatchGetItemResponse response = client.batchGetItem(get -> get.requestItems(request));
      response.responses().get(table).forEach(item -> found.add(item.get("id").s()));
      left = response.unprocessedKeys();
    }
    return lines.stream().filter(line -> found.contains(line.id())).map(Line::text).toList();
  }
}
