/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.sluice.localaws.contract.Contract.Expectation;
import io.sluice.localaws.contract.Contract.Step;
import io.sluice.localaws.dynamodb.request.JsonTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.TestAbortedException;

/**
 * Holds an endpoint to a contract, with tables of random names that it deletes at the end.
 *
 * <p>A real table takes seconds to become active, and an index of it minutes; the wait is up to
 * five minutes.
 */
final class ContractRun implements AutoCloseable {

  private static final Pattern TABLE = Pattern.compile("\\$([a-z]+)");
  private static final long PATIENCE_MILLIS = 300_000;

  private final Endpoint endpoint;
  private final String server;
  private final Map<String, String> tables = new LinkedHashMap<>();

  /**
   * Runs against an endpoint.
   *
   * @param server its name and version, for what it is known to lack
   */
  ContractRun(Endpoint endpoint, String server) {
    this.endpoint = endpoint;
    this.server = server;
  }

  /** Creates a table which contracts call by a name with a dollar, and waits until it is active. */
  ContractRun with(String name, String description) {
    String table = "sluice-contract-" + UUID.randomUUID() + "-" + name;
    tables.put(name, table);
    String request = "{'TableName':'" + table + "'," + description + "}";
    Endpoint.Answer answer = endpoint.send("CreateTable", request.replace('\'', '"'));
    if (answer.status() != 200) {
      throw new IllegalStateException("CreateTable: " + answer);
    }
    awaitActive(table);
    return this;
  }

  private void awaitActive(String table) {
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    while (!isActive(table)) {
      if (System.currentTimeMillis() > end) {
        throw new IllegalStateException(table + " does not become active");
      }
      pause();
    }
  }

  private boolean isActive(String table) {
    Endpoint.Answer answer = endpoint.send("DescribeTable", "{\"TableName\":\"" + table + "\"}");
    return answer.body().get("Table") instanceof Map<?, ?> description
        && "ACTIVE".equals(description.get("TableStatus"));
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Makes a test of each expectation. */
  Stream<DynamicTest> tests(String contract) {
    return Contract.parse(contract).expectations().stream()
        .map(each -> DynamicTest.dynamicTest(each.name(), () -> check(each)));
  }

  private void check(Expectation expectation) {
    Optional<String> difference = difference(expectation);
    if (expectation.lacking().contains(server)) {
      assertTrue(
          difference.isPresent(), server + " meets this by now: strike out that it does not");
      throw new TestAbortedException(server + " is known to differ: " + difference.get());
    }
    difference.ifPresent(
        found -> fail(found + "\nthe source of the expectation: " + expectation.source()));
  }

  private Optional<String> difference(Expectation expectation) {
    for (Step step : expectation.steps()) {
      Optional<String> difference = difference(step, send(step.operation(), step.request()));
      if (difference.isPresent()) {
        return Optional.of(step.operation() + ": " + difference.get());
      }
    }
    return Optional.empty();
  }

  /** Sends a request that calls tables by their names with a dollar. */
  Endpoint.Answer send(String operation, String request) {
    return endpoint.send(operation, named(request));
  }

  private String named(String text) {
    return TABLE
        .matcher(text)
        .replaceAll(
            name ->
                Matcher.quoteReplacement(
                    Optional.ofNullable(tables.get(name.group(1)))
                        .orElseThrow(
                            () -> new IllegalArgumentException("no table " + name.group()))));
  }

  private Optional<String> difference(Step step, Endpoint.Answer answer) {
    if (step.error().isPresent()) {
      String actual = answer.type() + " " + answer.message();
      return answer.status() == 400 && Difference.matches(named(step.error().get()), actual)
          ? Optional.empty()
          : Optional.of(
              "was " + answer.status() + " " + actual + "\nand not " + step.error().get());
    }
    if (answer.status() != 200) {
      return Optional.of("was " + answer);
    }
    return expected(named(step.answer())).entrySet().stream()
        .flatMap(
            member ->
                Difference.between(
                    member.getValue(), answer.body().get(member.getKey()), member.getKey())
                    .stream())
        .findFirst();
  }

  private static Map<String, Object> expected(String json) {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      return JsonTree.read(parser);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    tables
        .values()
        .forEach(table -> endpoint.send("DeleteTable", "{\"TableName\":\"" + table + "\"}"));
    endpoint.close();
  }
}
