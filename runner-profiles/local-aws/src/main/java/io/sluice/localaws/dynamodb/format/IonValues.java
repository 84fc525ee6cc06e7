/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.format;

import com.amazon.ion.IonReader;
import com.amazon.ion.IonType;
import io.sluice.localaws.dynamodb.value.Bytes;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Numbers;
import io.sluice.localaws.dynamodb.value.Sizes;
import io.sluice.localaws.dynamodb.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads values from Ion, and keeps the first problem that they have. */
final class IonValues {

  private static final Set<String> SETS =
      Set.of(IonRecordWriter.STRINGS, IonRecordWriter.NUMBERS, IonRecordWriter.BINARIES);

  private final IonReader ion;
  private Optional<DynamoDbException> problem = Optional.empty();

  IonValues(IonReader ion) {
    this.ion = ion;
  }

  /** Gives the problem of what was read since the last time, if there is one. */
  Optional<DynamoDbException> problem() {
    Optional<DynamoDbException> found = problem;
    problem = Optional.empty();
    return found;
  }

  /** Reads the struct at hand. */
  Map<String, Value> map(int level) throws MalformedObjectException {
    Map<String, Value> map = new LinkedHashMap<>();
    ion.stepIn();
    for (IonType type = ion.next(); type != null; type = ion.next()) {
      String name = fieldName();
      if (name.isEmpty()) {
        invalid("Empty attribute name");
      }
      map.put(name, value(type, level));
    }
    ion.stepOut();
    return map;
  }

  /** Gives the name of the field at hand; binary Ion can have some without. */
  String fieldName() throws MalformedObjectException {
    String name = ion.getFieldName();
    if (name == null) {
      throw new MalformedObjectException("A field has no name");
    }
    return name;
  }

  /** Skips the value at hand, however deep it is nested, which Ion's own reader cannot do. */
  void skip() {
    if (!IonType.isContainer(ion.getType()) || ion.isNullValue()) {
      return;
    }
    ion.stepIn();
    for (int open = 1; open > 0; ) {
      IonType type = ion.next();
      if (type == null) {
        ion.stepOut();
        open--;
      } else if (IonType.isContainer(type) && !ion.isNullValue()) {
        ion.stepIn();
        open++;
      }
    }
  }

  private Value value(IonType type, int level) throws MalformedObjectException {
    if (level > Sizes.MAX_DEPTH) {
      // Nothing is read any deeper: who nests without end would have the stack overflow.
      skip();
      return invalid(
          "Nesting Levels have exceeded supported limits: Attributes in the item have nested "
              + "levels beyond supported limit");
    }
    if (ion.isNullValue()) {
      return Value.Null.NULL;
    }
    return switch (type) {
      case STRING -> new Value.S(ion.stringValue());
      case INT, DECIMAL -> new Value.N(number());
      case BLOB, CLOB -> new Value.B(Bytes.of(ion.newBytes()));
      case BOOL -> Value.Bool.of(ion.booleanValue());
      case STRUCT -> new Value.M(map(level + 1));
      case LIST -> list(level);
      default ->
          throw new MalformedObjectException("DynamoDB has nothing for values of the type " + type);
    };
  }

  private BigDecimal number() {
    BigDecimal number = ion.bigDecimalValue();
    try {
      // A copy, because Ion's own class of numbers is not equal to others.
      return Numbers.check(new BigDecimal(number.unscaledValue(), number.scale()));
    } catch (DynamoDbException e) {
      invalid(e.getMessage());
      return BigDecimal.ZERO;
    }
  }

  private Value list(int level) throws MalformedObjectException {
    String annotation = "";
    for (String each : ion.getTypeAnnotations()) {
      if (SETS.contains(each)) {
        annotation = each;
      }
    }
    List<Value> values = new ArrayList<>();
    ion.stepIn();
    for (IonType type = ion.next(); type != null; type = ion.next()) {
      values.add(value(type, level + 1));
    }
    ion.stepOut();
    return annotation.isEmpty() ? new Value.L(values) : set(annotation, values);
  }

  private Value set(String annotation, List<Value> values) throws MalformedObjectException {
    if (values.isEmpty()) {
      return invalid(DynamoDbException.INVALID + "An " + annotation + " may not be empty");
    }
    if (new LinkedHashSet<>(values).size() != values.size()) {
      return invalid(DynamoDbException.INVALID + "Input collection contains duplicates.");
    }
    Set<String> texts = new LinkedHashSet<>();
    Set<BigDecimal> numbers = new LinkedHashSet<>();
    Set<Bytes> binaries = new LinkedHashSet<>();
    for (Value value : values) {
      if (annotation.equals(IonRecordWriter.STRINGS) && value instanceof Value.S s) {
        texts.add(s.text());
      } else if (annotation.equals(IonRecordWriter.NUMBERS) && value instanceof Value.N n) {
        numbers.add(n.number());
      } else if (annotation.equals(IonRecordWriter.BINARIES) && value instanceof Value.B b) {
        binaries.add(b.bytes());
      } else {
        throw new MalformedObjectException(annotation + " has a value of the type " + value.type());
      }
    }
    if (!texts.isEmpty()) {
      return new Value.SS(texts);
    }
    return numbers.isEmpty() ? new Value.BS(binaries) : new Value.NS(numbers);
  }

  private Value invalid(String message) {
    if (problem.isEmpty()) {
      problem = Optional.of(DynamoDbException.validation(message));
    }
    return Value.Null.NULL;
  }
}
