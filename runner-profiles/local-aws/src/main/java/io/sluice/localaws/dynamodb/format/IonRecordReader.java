/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.format;

import com.amazon.ion.IonException;
import com.amazon.ion.IonReader;
import com.amazon.ion.IonType;
import com.amazon.ion.system.IonReaderBuilder;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads Ion, text or binary: structs with an Item, and the members of a condition if they have one.
 */
final class IonRecordReader implements RecordReader {

  private final IonReader ion;
  private final IonValues values;

  /** Reads the first bytes already, as Ion's own reader does. */
  IonRecordReader(InputStream in) throws IOException {
    try {
      ion = IonReaderBuilder.standard().build(in);
    } catch (IonException e) {
      throw readable(e);
    }
    values = new IonValues(ion);
  }

  @Override
  public Optional<InputRecord> next() throws IOException {
    try {
      IonType type = ion.next();
      if (type == null) {
        return Optional.empty();
      }
      if (type != IonType.STRUCT || ion.isNullValue()) {
        throw new MalformedObjectException("The value is no Ion struct");
      }
      return Optional.of(read());
    } catch (IonException e) {
      throw readable(e);
    }
  }

  /** Gives what went wrong where the Ion is read from, if that is the cause. */
  private static IOException readable(IonException e) {
    return e.getCause() instanceof IOException cause
        ? cause
        : new MalformedObjectException("The object is not Ion");
  }

  private InputRecord read() throws MalformedObjectException {
    Optional<Map<String, Value>> item = Optional.empty();
    Optional<String> expression = Optional.empty();
    Optional<Map<String, String>> names = Optional.empty();
    Optional<Map<String, Value>> conditionValues = Optional.empty();
    ion.stepIn();
    for (IonType type = ion.next(); type != null; type = ion.next()) {
      switch (values.fieldName()) {
        case "Item" -> item = Optional.of(map(type));
        case "ConditionExpression" -> expression = Optional.of(string(type));
        case "ExpressionAttributeNames" -> names = Optional.of(names(map(type)));
        case "ExpressionAttributeValues" -> conditionValues = Optional.of(map(type));
        // Members that nobody knows are left out, as those of JSON are.
        default -> values.skip();
      }
    }
    ion.stepOut();
    if (item.isEmpty()) {
      throw new MalformedObjectException("The struct has no member Item");
    }
    Optional<DynamoDbException> problem = values.problem();
    Optional<Map<String, String>> allNames = names;
    Optional<Map<String, Value>> allValues = conditionValues;
    return new InputRecord(
        item.get(),
        problem,
        expression.map(text -> new InputRecord.Condition(text, allNames, allValues)));
  }

  private Map<String, Value> map(IonType type) throws MalformedObjectException {
    if (type != IonType.STRUCT || ion.isNullValue()) {
      throw new MalformedObjectException("The member " + ion.getFieldName() + " is no Ion struct");
    }
    return values.map(1);
  }

  private String string(IonType type) throws MalformedObjectException {
    if (type != IonType.STRING || ion.isNullValue()) {
      throw new MalformedObjectException("The member " + ion.getFieldName() + " is no string");
    }
    return ion.stringValue();
  }

  private static Map<String, String> names(Map<String, Value> map) throws MalformedObjectException {
    Map<String, String> names = new LinkedHashMap<>();
    for (Map.Entry<String, Value> name : map.entrySet()) {
      if (!(name.getValue() instanceof Value.S text)) {
        throw new MalformedObjectException("ExpressionAttributeNames has more than strings");
      }
      names.put(name.getKey(), text.text());
    }
    return names;
  }

  @Override
  public void close() throws IOException {
    ion.close();
  }
}
