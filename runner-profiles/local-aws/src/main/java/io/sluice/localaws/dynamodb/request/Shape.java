/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.request;

import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.JsonScalars;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Describes the form of a part of a request, and the constraints that the service checks before
 * anything else.
 *
 * <p>{@link #convert} comes first and reports what has another type; {@link #check} then reports
 * all constraints at once. The texts are the service's own, as recorded by the community.
 */
public sealed interface Shape
    permits MapOf, Shape.Flag, Shape.ListOf, Shape.Struct, Shape.Text, Shape.Time, Shape.Whole {

  /** Names a member of a structure. */
  record Member(String name, Shape shape, boolean required) {}

  /** Describes a string: by a pattern, a length, or the values that it can have. */
  record Text(Optional<Pattern> pattern, int min, int max, List<String> values) implements Shape {

    @Override
    public Object convert(Object tree) {
      if (tree instanceof String) {
        return tree;
      }
      throw Shape.wrongScalar(tree, "String");
    }

    @Override
    public void check(Object value, String path, Violations out) {
      String text = (String) value;
      if (pattern.isPresent() && !pattern.get().matcher(text).matches()) {
        out.add(value, path, "Member must satisfy regular expression pattern: " + pattern.get());
      }
      Shape.checkLength(text.length(), min, max, value, path, out);
      if (!values.isEmpty() && !values.contains(text)) {
        out.add(
            value, path, "Member must satisfy enum value set: [" + String.join(", ", values) + "]");
      }
    }
  }

  /** Describes a whole number between two others, which are in the range. */
  record Whole(String type, long min, long max) implements Shape {

    @Override
    public Object convert(Object tree) {
      if (tree instanceof BigDecimal number) {
        BigDecimal floor = number.setScale(0, RoundingMode.FLOOR);
        return floor
            .max(BigDecimal.valueOf(Long.MIN_VALUE))
            .min(BigDecimal.valueOf(Long.MAX_VALUE))
            .longValueExact();
      }
      throw Shape.wrongScalar(tree, type);
    }

    @Override
    public void check(Object value, String path, Violations out) {
      if ((Long) value < min) {
        out.add(value, path, "Member must have value greater than or equal to " + min);
      }
      if ((Long) value > max) {
        out.add(value, path, "Member must have value less than or equal to " + max);
      }
    }
  }

  /** Describes a time, in seconds since 1970 that may have a fraction. */
  record Time() implements Shape {

    private static final BigDecimal LAST = BigDecimal.valueOf(Instant.MAX.getEpochSecond());

    @Override
    public Object convert(Object tree) {
      if (tree instanceof BigDecimal seconds) {
        BigDecimal bounded = seconds.max(LAST.negate()).min(LAST);
        BigDecimal whole = bounded.setScale(0, RoundingMode.FLOOR);
        return Instant.ofEpochSecond(
            whole.longValueExact(), bounded.subtract(whole).movePointRight(9).longValue());
      }
      throw Shape.wrongScalar(tree, "Date");
    }

    @Override
    public void check(Object value, String path, Violations out) {}
  }

  /** Describes a boolean. */
  record Flag() implements Shape {

    @Override
    public Object convert(Object tree) {
      if (tree instanceof Boolean) {
        return tree;
      }
      if (tree instanceof String text) {
        return JsonScalars.bool(text);
      }
      throw Shape.wrongScalar(tree, "Boolean");
    }

    @Override
    public void check(Object value, String path, Violations out) {}
  }

  /** Describes a list. */
  record ListOf(Shape element, int min, int max) implements Shape {

    @Override
    public Object convert(Object tree) {
      if (tree instanceof List<?> list) {
        List<Object> converted = new ArrayList<>();
        for (Object child : list) {
          if (element instanceof Struct && !(child instanceof Map) && !(child instanceof List)) {
            throw DynamoDbException.serialization(JsonScalars.UNEXPECTED_VALUE);
          }
          converted.add(element.convert(child));
        }
        return List.copyOf(converted);
      }
      throw DynamoDbException.serialization(
          tree instanceof Map ? JsonScalars.UNEXPECTED_START : JsonScalars.UNEXPECTED_FIELD);
    }

    @Override
    public void check(Object value, String path, Violations out) {
      List<?> list = (List<?>) value;
      Shape.checkLength(list.size(), min, max, value, path, out);
      for (int i = 0; i < list.size(); i++) {
        element.check(list.get(i), path + "." + (i + 1) + ".member", out);
      }
    }
  }

  /**
   * Describes a structure; members of other names are ignored.
   *
   * @param byName the same members by their names
   */
  record Struct(String name, List<Member> members, Map<String, Member> byName) implements Shape {

    @Override
    public Fields convert(Object tree) {
      if (!(tree instanceof Map<?, ?> map)) {
        throw DynamoDbException.serialization(
            tree instanceof List
                ? JsonScalars.COLLECTION + "class " + JsonScalars.MODEL + name
                : JsonScalars.UNEXPECTED_FIELD);
      }
      Map<String, Object> converted = new LinkedHashMap<>();
      for (Member member : members) {
        Object value = map.get(member.name());
        if (value != null) {
          converted.put(member.name(), member.shape().convert(value));
        }
      }
      return new Fields(name, converted);
    }

    /**
     * Converts a request and checks all its constraints.
     *
     * @throws DynamoDbException a SerializationException or a ValidationException
     */
    public Fields read(Object tree) {
      Fields fields = convert(tree);
      Violations violations = new Violations();
      check(fields, "", violations);
      violations.check();
      return fields;
    }

    @Override
    public void check(Object value, String path, Violations out) {
      for (Member member : members) {
        Object child = ((Fields) value).members().get(member.name());
        if (child != null) {
          member.shape().check(child, path(path, member), out);
        } else if (member.required()) {
          out.add(null, path(path, member), "Member must not be null");
        }
      }
    }

    private static String path(String path, Member member) {
      return (path.isEmpty() ? "" : path + ".") + Fields.lowerFirst(member.name());
    }
  }

  /** Converts what {@link JsonTree} read; throws a SerializationException if it cannot. */
  Object convert(Object tree);

  /** Adds what is wrong with a value that {@link #convert} returned. */
  void check(Object value, String path, Violations out);

  /** Describes a member that must be present. */
  static Member required(String name, Shape shape) {
    return new Member(name, shape, true);
  }

  /** Describes a member that may be missing. */
  static Member optional(String name, Shape shape) {
    return new Member(name, shape, false);
  }

  /** Describes a structure. */
  static Struct struct(String name, Member... members) {
    Map<String, Member> byName = new HashMap<>();
    for (Member member : members) {
      byName.put(member.name(), member);
    }
    return new Struct(name, List.of(members), Map.copyOf(byName));
  }

  /** Describes a list of any length. */
  static ListOf list(Shape element) {
    return new ListOf(element, 0, Integer.MAX_VALUE);
  }

  /** Describes a string without constraints. */
  static Text text() {
    return text(0, Integer.MAX_VALUE);
  }

  /** Describes a string by its length. */
  static Text text(int min, int max) {
    return new Text(Optional.empty(), min, max, List.of());
  }

  /** Describes a string by a pattern and its length. */
  static Text text(String pattern, int min, int max) {
    return new Text(Optional.of(Pattern.compile(pattern)), min, max, List.of());
  }

  /** Describes a string by the values that it can have. */
  static Text oneOf(String... values) {
    return new Text(Optional.empty(), 0, Integer.MAX_VALUE, List.of(values));
  }

  /** Describes a number of units. */
  static Whole atLeast(long min) {
    return new Whole("Long", min, Long.MAX_VALUE);
  }

  private static void checkLength(
      int length, int min, int max, Object value, String path, Violations out) {
    if (length < min) {
      out.add(value, path, "Member must have length greater than or equal to " + min);
    }
    if (length > max) {
      out.add(value, path, "Member must have length less than or equal to " + max);
    }
  }

  private static DynamoDbException wrongScalar(Object tree, String type) {
    if (tree instanceof List) {
      return DynamoDbException.serialization(JsonScalars.COLLECTION + "class java.lang." + type);
    }
    if (tree instanceof Map) {
      return DynamoDbException.serialization(JsonScalars.UNEXPECTED_START);
    }
    String token;
    if (tree instanceof Boolean flag) {
      token = flag ? "TRUE_VALUE" : "FALSE_VALUE";
    } else if (tree instanceof BigDecimal number) {
      token = number.stripTrailingZeros().scale() <= 0 ? "NUMBER_VALUE" : "DECIMAL_VALUE";
    } else {
      token = "STRING_VALUE";
    }
    return DynamoDbException.serialization(token + " cannot be converted to " + type);
  }
}
