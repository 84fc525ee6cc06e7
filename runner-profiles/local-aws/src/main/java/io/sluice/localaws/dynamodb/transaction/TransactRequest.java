/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.transaction;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.localaws.dynamodb.operation.Invalid;
import io.sluice.localaws.dynamodb.operation.Request;
import io.sluice.localaws.dynamodb.request.Fields;
import io.sluice.localaws.dynamodb.request.Shape;
import io.sluice.localaws.dynamodb.request.Violations;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.JsonScalars;
import io.sluice.localaws.dynamodb.value.Wording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds the members of a request for a transaction.
 *
 * @param wording the layer of the service that validates it
 * @param options the members that are strings
 * @param items the actions of each element of TransactItems by their names; null if it is missing
 */
record TransactRequest(
    Wording wording, Map<String, String> options, List<Map<String, Request>> items) {

  /** How many items a transaction can have. */
  static final int MAX_ITEMS = 100;

  /** How many bytes the items of a transaction can have. */
  static final long MAX_BYTES = 4L * 1024 * 1024;

  private static final String ITEMS = "TransactItems";
  private static final String TOKEN = "ClientRequestToken";
  private static final int MAX_TOKEN = 36;

  /** Reads a request, whose object the parser is in. */
  static TransactRequest read(JsonParser json, Form form, Wording wording) throws IOException {
    List<Map<String, Request>> items = null;
    Map<String, String> options = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      if (json.nextToken() == JsonToken.VALUE_NULL) {
        continue;
      }
      if (name.equals(ITEMS)) {
        items = readItems(json, form.item(), wording);
      } else if (isOption(name, form)) {
        options.put(name, JsonScalars.string(json));
      } else {
        json.skipChildren();
      }
    }
    return new TransactRequest(wording, options, items);
  }

  private static boolean isOption(String name, Form form) {
    return form == Form.WRITE && name.equals(TOKEN) || member(form.options(), name).isPresent();
  }

  private static Optional<Shape> member(Shape.Struct shape, String name) {
    return shape.members().stream()
        .filter(member -> member.name().equals(name))
        .map(Shape.Member::shape)
        .findFirst();
  }

  private static List<Map<String, Request>> readItems(
      JsonParser json, Shape.Struct item, Wording wording) throws IOException {
    JsonScalars.startList(json);
    List<Map<String, Request>> items = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      items.add(readItem(json, item, wording));
    }
    return items;
  }

  private static Map<String, Request> readItem(JsonParser json, Shape.Struct item, Wording wording)
      throws IOException {
    JsonScalars.startElement(json, item.name());
    Map<String, Request> actions = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      JsonToken token = json.nextToken();
      Optional<Shape> action = member(item, name);
      if (action.isEmpty() || token == JsonToken.VALUE_NULL) {
        json.skipChildren();
      } else {
        JsonScalars.startMember(json, name);
        actions.put(name, Request.read(json, (Shape.Struct) action.get(), wording));
      }
    }
    return actions;
  }

  /**
   * Checks the constraints of all members; the current layer checks the lengths of the token and
   * the list on their own and first.
   *
   * @throws DynamoDbException a ValidationException
   */
  void check(Form form) {
    Violations violations = new Violations();
    if (options.containsKey(TOKEN)) {
      String token = options.get(TOKEN);
      checkLength(TOKEN, token, token.length(), MAX_TOKEN, violations);
    }
    if (items != null) {
      checkLength(ITEMS, items, items.size(), MAX_ITEMS, violations);
    }
    form.options().check(new Fields(form.options().name(), Map.copyOf(options)), "", violations);
    if (items == null) {
      violations.add(null, "transactItems", "Member must not be null");
    } else {
      for (int i = 0; i < items.size(); i++) {
        checkItem(form.item(), items.get(i), "transactItems." + (i + 1) + ".member.", violations);
      }
    }
    violations.check();
    items.forEach(TransactRequest::checkCount);
  }

  private void checkLength(
      String member, Object value, int length, int max, Violations violations) {
    if (length >= 1 && length <= max) {
      return;
    }
    String constraint =
        length < 1 ? "length greater than or equal to 1" : "length less than or equal to " + max;
    if (wording == Wording.CURRENT) {
      throw Invalid.constraint(member, constraint);
    }
    violations.add(value, Fields.lowerFirst(member), "Member must have " + constraint);
  }

  private static void checkItem(
      Shape.Struct shape, Map<String, Request> actions, String path, Violations violations) {
    for (Shape.Member member : shape.members()) {
      String name = member.name();
      String place = path + Fields.lowerFirst(name);
      Request action = actions.get(name);
      if (action != null) {
        action.check(place, violations);
      } else if (member.required()) {
        violations.add(null, place, "Member must not be null");
      }
    }
  }

  private static void checkCount(Map<String, Request> actions) {
    if (actions.isEmpty()) {
      throw DynamoDbException.validation(
          "1 validation error detected: Value '' at 'transactItems' failed to satisfy constraint: "
              + "TransactWriteRequest should contain Delete or Put or Update or ConditionCheck");
    }
    if (actions.size() > 1) {
      throw DynamoDbException.validation(
          "TransactItems can only contain one of Check, Put, Update or Delete");
    }
  }

  /** Gives the token by which the client repeats a request. */
  Optional<String> token() {
    return Optional.ofNullable(options.get(TOKEN));
  }

  /** Gives a member that is a string, NONE if it is missing. */
  String option(String name) {
    return options.getOrDefault(name, "NONE");
  }

  /** Makes the error for items that have more than 4 MB. */
  static DynamoDbException tooLarge() {
    return DynamoDbException.validation(
        "The aggregate size of the items in the transaction exceeds 4 MB");
  }
}
