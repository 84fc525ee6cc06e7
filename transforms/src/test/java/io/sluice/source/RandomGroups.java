/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/** Records of Parquet with random schemas and values, as other programs write them. */
final class RandomGroups {
  private static final List<String> TYPES =
      List.of(
          "int32 %s",
          "int32 %s (INTEGER(8,true))",
          "int32 %s (INTEGER(32,false))",
          "int32 %s (DATE)",
          "int32 %s (TIME(MILLIS,true))",
          "int32 %s (DECIMAL(9,2))",
          "int64 %s",
          "int64 %s (INTEGER(64,true))",
          "int64 %s (INTEGER(64,false))",
          "int64 %s (TIME(NANOS,false))",
          "int64 %s (TIMESTAMP(MILLIS,true))",
          "int64 %s (TIMESTAMP(MICROS,false))",
          "int64 %s (DECIMAL(18,0))",
          "int64 %s (DECIMAL(18,7))",
          "int64 %s (DECIMAL(18,18))",
          "int96 %s",
          "boolean %s",
          "float %s",
          "double %s",
          "binary %s (STRING)",
          "binary %s (ENUM)",
          "binary %s (JSON)",
          "binary %s (BSON)",
          "binary %s",
          "binary %s (DECIMAL(38,3))",
          "fixed_len_byte_array(5) %s (DECIMAL(11,9))",
          "fixed_len_byte_array(16) %s (DECIMAL(38,0))",
          "fixed_len_byte_array(16) %s (UUID)",
          "fixed_len_byte_array(2) %s (FLOAT16)",
          "fixed_len_byte_array(3) %s",
          "group %s (LIST) { repeated group list { optional int32 element; } }",
          "group %s (LIST) { repeated group list { optional binary element (STRING); } }",
          "group %s (MAP) { repeated group key_value {"
              + " required binary key (STRING); optional double value; } }",
          "group %s { optional binary a (STRING); optional int64 b (DECIMAL(18,2)); }");

  private static final List<String> NAMES = List.of("id", "n", "x", "bin", "flag", "é", "Z");

  private RandomGroups() {}

  /**
   * Returns schemas of up to seven fields, of every type that a column can have and of some groups.
   */
  static Arbitrary<MessageType> schemas() {
    Arbitrary<String> fields =
        Combinators.combine(
                Arbitraries.of("required", "optional", "optional", "repeated"),
                Arbitraries.of(TYPES))
            .as((repetition, type) -> repetition + " " + type + (type.endsWith("}") ? "" : ";"));
    return fields
        .list()
        .ofMinSize(1)
        .ofMaxSize(NAMES.size())
        .map(
            list -> {
              StringBuilder text = new StringBuilder("message record {");
              for (int i = 0; i < list.size(); i++) {
                text.append(list.get(i).formatted(NAMES.get(i)));
              }
              return MessageTypeParser.parseMessageType(text.append('}').toString());
            });
  }

  /** Returns a record of this schema, whose optional fields are null at times. */
  static Group of(MessageType schema, Random random) {
    return filled(new SimpleGroup(schema), schema, random);
  }

  private static Group filled(Group group, GroupType type, Random random) {
    for (Type field : type.getFields()) {
      int count =
          switch (field.getRepetition()) {
            case REQUIRED -> 1;
            case OPTIONAL -> random.nextInt(4) == 0 ? 0 : 1;
            case REPEATED -> random.nextInt(3);
          };
      for (int i = 0; i < count; i++) {
        if (field.isPrimitive()) {
          add(group, field.asPrimitiveType(), random);
        } else {
          filled(group.addGroup(field.getName()), field.asGroupType(), random);
        }
      }
    }
    return group;
  }

  private static void add(Group group, PrimitiveType type, Random random) {
    String name = type.getName();
    switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> group.add(name, random.nextBoolean());
      case INT32 -> group.add(name, (int) whole(random));
      case INT64 -> group.add(name, whole(random));
      case FLOAT -> group.add(name, (float) real(random));
      case DOUBLE -> group.add(name, real(random));
      case INT96 -> group.add(name, bytes(12, random));
      case FIXED_LEN_BYTE_ARRAY -> group.add(name, bytes(type.getTypeLength(), random));
      case BINARY ->
          group.add(
              name,
              type.getLogicalTypeAnnotation() != null && random.nextInt(8) > 0
                  ? Binary.fromString(text(random))
                  : bytes(random.nextInt(20), random));
    }
  }

  private static <T> T any(Random random, List<IntFunction<T>> kinds) {
    return kinds.get(random.nextInt(kinds.size())).apply(random.nextInt());
  }

  private static long whole(Random random) {
    return any(
        random,
        List.of(
            i -> (long) (i % 10),
            i -> (long) i,
            i -> i * 100L,
            i -> (long) i * i,
            i -> random.nextLong(),
            i -> (i & 1) == 0 ? Long.MIN_VALUE : Long.MAX_VALUE,
            i -> (long) Math.pow(10, i & 15) * 1000 - (i & 1),
            i -> -(long) Math.pow(10, i & 15) * 1000 + (i & 1)));
  }

  private static double real(Random random) {
    return any(
        random,
        List.of(
            i -> i / 100.0,
            i -> i % 1000 / 4.0,
            i -> (double) i,
            i -> i * 1e-7,
            i -> i * 1e10,
            i -> -0.0,
            i -> i % 3 == 0 ? Double.NaN : Double.POSITIVE_INFINITY,
            i -> Double.longBitsToDouble(random.nextLong()),
            i -> random.nextGaussian(),
            i -> 0.1 + 0.2,
            i -> Math.nextUp(i / 100.0),
            i -> 1e15 + (i & 7) - 4));
  }

  private static String text(Random random) {
    return any(
        random,
        List.of(
            i -> "",
            i -> "1.50",
            i -> String.valueOf(i),
            i -> "a|b\\c\"",
            i -> "é\uD83D\uDE00",
            i -> "some text " + (i & 7)));
  }

  private static Binary bytes(int length, Random random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    if (random.nextBoolean()) {
      // Small numbers, of either sign.
      Arrays.fill(bytes, 0, Math.max(0, length - 3), (byte) -random.nextInt(2));
    }
    return Binary.fromConstantByteArray(bytes);
  }
}
