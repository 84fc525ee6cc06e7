/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.operation;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.localaws.dynamodb.legacy.LegacyMap;
import io.sluice.localaws.dynamodb.operation.Members.Attributes;
import io.sluice.localaws.dynamodb.request.Fields;
import io.sluice.localaws.dynamodb.request.Shape;
import io.sluice.localaws.dynamodb.request.Violations;
import io.sluice.localaws.dynamodb.table.TableNames;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Value;
import io.sluice.localaws.dynamodb.value.Wording;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds the members of a request about items.
 *
 * <p>They are read in one pass, and attributes become values at once. A member of the wrong JSON
 * type is a SerializationException; what else is wrong is found by {@link #check} and later.
 */
public final class Request {

  private static final String TABLE = "TableName";

  private final Shape.Struct shape;
  private final Map<String, Object> members;
  private final Wording wording;

  private Request(Shape.Struct shape, Map<String, Object> members, Wording wording) {
    this.shape = shape;
    this.members = members;
    this.wording = isReadable() ? wording : Wording.OLDER;
  }

  /** Reports whether the current layer of the service can read the request. */
  private boolean isReadable() {
    return shape.members().stream().allMatch(member -> !member.required() || has(member.name()))
        && members.values().stream().noneMatch(Request::isForOlder);
  }

  /** Reads an object from its start on, and leaves the parser at its end. */
  public static Request read(JsonParser json, Shape.Struct shape, Wording wording)
      throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      JsonToken token = json.nextToken();
      Shape.Member member = shape.byName().get(name);
      if (member == null || token == JsonToken.VALUE_NULL) {
        json.skipChildren();
      } else {
        members.put(name, Members.read(json, name, member.shape(), wording));
      }
    }
    return new Request(shape, members, wording);
  }

  /**
   * Gives the layer of the service that validates the request. The current one leaves to the older
   * one what it cannot read: a request without a member that it needs, or with values of more than
   * 62 levels. Source: recorded answers of the service, eu-west-2 and us-east-1, 2026-10-09.
   */
  public Wording wording() {
    return wording;
  }

  private static boolean isForOlder(Object member) {
    return member instanceof Attributes attributes && attributes.reader().isForOlder()
        || member instanceof LegacyMap map && map.isForOlder();
  }

  /**
   * Checks the constraints of the shape: the table's name on its own and first, then all others.
   *
   * @throws DynamoDbException a ValidationException
   */
  public void check() {
    checkTable();
    Fields fields = new Fields(shape.name(), members);
    if (wording == Wording.CURRENT && shape == ItemShapes.UPDATE) {
      Violations violations = new Violations(wording);
      ItemShapes.RETURN_VALUES.check(fields, "", violations);
      violations.check();
    }
    Violations violations = new Violations(wording);
    shape.check(fields, "", violations);
    violations.check();
  }

  private void checkTable() {
    Optional<String> name = text(TABLE);
    if (name.isEmpty() || TableNames.isArn(name.get())) {
      return;
    }
    if (name.get().isEmpty()) {
      if (wording == Wording.CURRENT) {
        throw Invalid.constraint("TableName", "length greater than or equal to 1");
      }
      return;
    }
    Violations violations = new Violations();
    ItemShapes.NAME.check(name.get(), "tableName", violations);
    violations.check();
  }

  /**
   * Adds what violates the constraints of an action of a transaction, whose place is {@code path}.
   */
  public void check(String path, Violations violations) {
    text(TABLE)
        .filter(name -> !TableNames.isArn(name))
        .ifPresent(name -> ItemShapes.NAME.check(name, path + ".tableName", violations));
    shape.check(new Fields(shape.name(), members), path, violations);
  }

  /**
   * Gives the members as strings, numbers, booleans, and maps of strings or values, for one who
   * compares requests.
   */
  public Map<String, Object> content() {
    Map<String, Object> content = new LinkedHashMap<>();
    members.forEach(
        (name, value) ->
            content.put(
                name, value instanceof Attributes attributes ? attributes.values() : value));
    return content;
  }

  /** Names the table, which may be given by its ARN. */
  public String table() {
    return TableNames.of(text(TABLE).orElseThrow());
  }

  public boolean has(String name) {
    return members.containsKey(name);
  }

  public Optional<String> text(String name) {
    return Optional.ofNullable((String) members.get(name));
  }

  /** Reports whether a string member is there and has a value. */
  public boolean is(String name, String value) {
    return value.equals(members.get(name));
  }

  /** Gives a boolean, false if it is missing. */
  public boolean flag(String name) {
    return Boolean.TRUE.equals(members.get(name));
  }

  public Optional<Long> whole(String name) {
    return Optional.ofNullable((Long) members.get(name));
  }

  /** Gives an item, a key or the values of expressions, if they are there. */
  public Optional<Map<String, Value>> item(String name) {
    return Optional.ofNullable((Attributes) members.get(name)).map(Attributes::values);
  }

  /** Gives what is wrong with an item, a key or the values of expressions. */
  public Optional<DynamoDbException> problem(String name) {
    return Optional.ofNullable((Attributes) members.get(name))
        .flatMap(attributes -> attributes.reader().problem());
  }

  /** Names the value of expressions that has the {@link #problem}. */
  public Optional<String> problemAttribute(String name) {
    return Optional.ofNullable((Attributes) members.get(name))
        .flatMap(attributes -> attributes.reader().problemAttribute());
  }

  /** Throws what is wrong with an item or a key. */
  public void checkItem(String name) {
    problem(name).ifPresent(Request::fail);
  }

  /** Gives the keys of a BatchGetItem request. */
  public List<Map<String, Value>> keys() {
    return keyList().stream().map(Attributes::values).toList();
  }

  /** Throws what is wrong with the first wrong key of a BatchGetItem request. */
  public void checkKeys() {
    keyList().forEach(key -> key.reader().check());
  }

  @SuppressWarnings("unchecked")
  private List<Attributes> keyList() {
    return (List<Attributes>) members.getOrDefault("Keys", List.of());
  }

  /** Gives a legacy parameter that is a map. */
  public Optional<LegacyMap> legacy(String name) {
    return Optional.ofNullable((LegacyMap) members.get(name));
  }

  /** Gives the attributes that AttributesToGet names, if it is there. */
  @SuppressWarnings("unchecked")
  public Optional<List<String>> attributesToGet() {
    return Optional.ofNullable((List<String>) members.get("AttributesToGet"));
  }

  @SuppressWarnings("unchecked")
  public Optional<Map<String, String>> names() {
    return Optional.ofNullable((Map<String, String>) members.get("ExpressionAttributeNames"));
  }

  /** Prints the request as the service's messages do, roughly. */
  @Override
  public String toString() {
    return shape.name() + content();
  }

  private static void fail(DynamoDbException problem) {
    throw problem;
  }
}
