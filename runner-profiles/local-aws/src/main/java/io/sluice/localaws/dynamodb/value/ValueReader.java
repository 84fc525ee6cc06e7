/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads values of one member of a request's JSON in one pass, and keeps the problem that they have.
 *
 * <p>The service reads a whole request before it validates any of it: wrong JSON types at its end
 * come before an invalid number at its begin. So a SerializationException is thrown at once, and a
 * ValidationException is kept for whoever has read the rest of the request. An empty name comes
 * before too many levels, which come before the first invalid value. When there is a {@link
 * #problem}, the values that were read are of no use.
 */
public final class ValueReader {

  private static final String VALUE = JsonScalars.MODEL + "AttributeValue";

  private final JsonParser json;
  private final Wording wording;
  private final Problem problem = new Problem();
  private boolean forOlder;
  private String attribute;

  /** Reads from {@code json}, and words problems as the operation's layer of the service does. */
  public ValueReader(JsonParser json, Wording wording) {
    this.json = json;
    this.wording = wording;
  }

  /** Reads one value from the current token on, and leaves the parser at its last token. */
  public Value value() throws IOException {
    return value(1);
  }

  /**
   * Reads an item or a key from the current token on, which is not null, and leaves the parser at
   * its last token. No name may be empty.
   */
  public Map<String, Value> item() throws IOException {
    JsonScalars.startMap(json, VALUE);
    ItemScanner scanner = ItemScanner.of(json);
    Map<String, Value> encoded = scanner == null ? null : scanner.members(wording);
    if (encoded != null) {
      scanner.leaveAtEnd();
      return encoded;
    }
    Map<String, Value> item = new ItemEncoder(json, this).read();
    attribute = null;
    return item;
  }

  /**
   * Reads ExpressionAttributeValues from the current token on, which is not null, and leaves the
   * parser at its last token. The names are for the expressions to judge.
   */
  public Map<String, Value> values() throws IOException {
    JsonScalars.startMap(json, VALUE);
    LinkedHashMap<String, Value> values = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      attribute = name;
      json.nextToken();
      values.put(name, value(1));
    }
    attribute = null;
    return Frozen.owned(values);
  }

  /** Says which attribute of an item problems are about from now on; an empty name is one. */
  void startAttribute(String name) {
    attribute = name;
    if (name.isEmpty()) {
      problem.add(Problem.Kind.NAME, name, Problem.NO_NAME);
    }
  }

  /** Gives the ValidationException for what was read up to now, if there is one. */
  public Optional<DynamoDbException> problem() {
    return problem.exception();
  }

  /** Reports whether values have so many levels that the older layer has to read the request. */
  public boolean isForOlder() {
    return forOlder;
  }

  /** Names the attribute of a map that has the {@link #problem}: the outermost one. */
  public Optional<String> problemAttribute() {
    return problem.attribute();
  }

  /** Throws the {@link #problem}, if there is one. */
  public void check() {
    Optional<DynamoDbException> exception = problem.exception();
    if (exception.isPresent()) {
      throw exception.get();
    }
  }

  private Value value(int level) throws IOException {
    if (level > Sizes.MAX_DEPTH) {
      problem.add(Problem.Kind.DEPTH, attribute, Problem.TOO_DEEP);
      forOlder |= level > Sizes.MAX_CURRENT_DEPTH;
    }
    return switch (json.currentToken()) {
      case START_OBJECT -> {
        json.nextToken();
        yield members(level, null, null);
      }
      case VALUE_NULL -> invalid(Problem.EMPTY);
      case START_ARRAY ->
          throw DynamoDbException.serialization(JsonScalars.COLLECTION + "class " + VALUE);
      default -> throw DynamoDbException.serialization(JsonScalars.UNEXPECTED_VALUE);
    };
  }

  /**
   * Reads the members of a value, of which one counts: a null is no member, nor an unknown one. The
   * current token is a member's name or value, or the end.
   *
   * @param first what has been read of the value, or null
   * @param firstType the type of {@code first}, or null
   */
  Value members(int level, Value first, String firstType) throws IOException {
    Value value = first;
    String type = firstType;
    boolean ambiguous = false;
    for (; json.currentToken() != JsonToken.END_OBJECT; json.nextToken()) {
      String member = json.currentName();
      if (json.currentToken() == JsonToken.FIELD_NAME) {
        json.nextToken();
      }
      if (json.currentToken() == JsonToken.VALUE_NULL) {
        continue;
      }
      Value read = member(member, level);
      if (read == null) {
        json.skipChildren();
        continue;
      }
      ambiguous |= type != null && !type.equals(member);
      type = member;
      value = read;
    }
    if (value == null) {
      return invalid(Problem.EMPTY);
    }
    return ambiguous ? invalid(Problem.AMBIGUOUS) : value;
  }

  private Value member(String type, int level) throws IOException {
    return switch (type) {
      case "S" -> new Value.S(JsonScalars.string(json));
      case "N" -> {
        BigDecimal number = number();
        yield number == null ? Value.Null.NULL : new Value.N(number);
      }
      case "B" -> new Value.B(JsonScalars.bytes(json));
      case "BOOL" -> Value.Bool.of(JsonScalars.bool(json));
      case "NULL" ->
          JsonScalars.bool(json)
              ? Value.Null.NULL
              : invalid(Problem.INVALID + "Null attribute value types must have the value of true");
      case "SS" -> strings();
      case "NS" -> numbers();
      case "BS" -> binaries();
      case "L" -> list(level);
      case "M" -> map(level);
      default -> null;
    };
  }

  private BigDecimal number() throws IOException {
    NumberScanner scanner = scanNumber();
    return scanner == null ? null : scanner.number();
  }

  /** Reads a number; gives null, and keeps the problem, if it is none that may be stored. */
  NumberScanner scanNumber() throws IOException {
    String text = JsonScalars.string(json);
    try {
      return Numbers.scan(text, wording);
    } catch (DynamoDbException e) {
      invalid(e.getMessage());
      return null;
    }
  }

  private Value strings() throws IOException {
    List<String> texts = new ArrayList<>();
    JsonScalars.startList(json);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (!isNull(Problem.INVALID + "An string set may not have a null string as a member")) {
        texts.add(JsonScalars.string(json));
      }
    }
    Set<String> set = Frozen.setOf(texts);
    if (texts.isEmpty()) {
      return invalid(Problem.INVALID + "An string set  may not be empty");
    }
    return set.size() == texts.size()
        ? new Value.SS(set)
        : invalid(Duplicates.texts(texts, wording));
  }

  private Value numbers() throws IOException {
    List<BigDecimal> numbers = new ArrayList<>();
    boolean any = false;
    JsonScalars.startList(json);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      any = true;
      BigDecimal number = isNull(Problem.EMPTY) ? null : number();
      if (number != null) {
        numbers.add(number);
      }
    }
    Set<BigDecimal> set = Frozen.setOf(numbers);
    if (!any) {
      return invalid(Problem.INVALID + "An number set  may not be empty");
    }
    if (set.size() != numbers.size()) {
      return invalid(Duplicates.numbers(wording));
    }
    return set.isEmpty() ? Value.Null.NULL : new Value.NS(set);
  }

  private Value binaries() throws IOException {
    List<Bytes> binaries = new ArrayList<>();
    JsonScalars.startList(json);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (!isNull(Problem.EMPTY)) {
        binaries.add(JsonScalars.bytes(json));
      }
    }
    Set<Bytes> set = Frozen.setOf(binaries);
    if (binaries.isEmpty()) {
      return invalid(Problem.INVALID + "Binary sets should not be empty");
    }
    return set.size() == binaries.size()
        ? new Value.BS(set)
        : invalid(Duplicates.binaries(binaries, wording));
  }

  private Value list(int level) throws IOException {
    List<Value> values = new ArrayList<>();
    JsonScalars.startList(json);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(level + 1));
    }
    return new Value.L(values);
  }

  private Value map(int level) throws IOException {
    LinkedHashMap<String, Value> values = new LinkedHashMap<>();
    JsonScalars.startMap(json, VALUE);
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = ItemCodec.name(json.currentName());
      if (name.isEmpty()) {
        invalid(Problem.NO_NAME);
      }
      json.nextToken();
      values.put(name, value(level + 1));
    }
    return new Value.M(Frozen.owned(values));
  }

  private boolean isNull(String message) {
    boolean isNull = json.currentToken() == JsonToken.VALUE_NULL;
    if (isNull) {
      invalid(message);
    }
    return isNull;
  }

  /** Keeps a problem, and gives a value to go on with. */
  private Value invalid(String message) {
    problem.add(Problem.Kind.VALUE, attribute, message);
    return Value.Null.NULL;
  }
}
