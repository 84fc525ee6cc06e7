/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.ion;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import com.amazon.ion.IonException;
import com.amazon.ion.IonReader;
import com.amazon.ion.IonType;
import com.amazon.ion.system.IonReaderBuilder;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemDiff;
import io.sluice.item.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Ion's own reader, asked about many texts: it takes what ours takes, for the same item. */
class IonAgreementTest {
  private static final int TEXTS = 60_000;
  private static final String TELLING = "{}[](),:\"'\\/*_.d0e9-+x$ \n\tn{{}}'''::";

  private static final List<String> VALUES =
      List.of(
          "1.",
          "-0.50",
          "6d2",
          "1_0.5d-3",
          "12345678901234567890.",
          "42",
          "0",
          "-7d+3",
          "\"a\"",
          "\"\\x41\\u00e9\\n\\\"\"",
          "'''a''' '''b\n'''",
          "{{AQ==}}",
          "{{ A Q == }}",
          "{{}}",
          "null",
          "true",
          "false",
          "[]",
          "[1., \"x\",]",
          "{}",
          "{'b c':1., \"d\":{},}",
          "$dynamodb_SS::[\"x\"]",
          "$dynamodb_NS :: [1., 2d0]",
          "$dynamodb_BS::[{{AQ==}}]",
          "/* c */ 1. // d\n");

  /** What Ion's own reader makes of a record; null when it is not {@code {Item:{…}}}. */
  private static Map<String, AttributeValue> other(String record) throws IOException {
    try (IonReader in = IonReaderBuilder.standard().build(record)) {
      if (in.next() != IonType.STRUCT || in.getTypeAnnotations().length > 0) {
        return null;
      }
      in.stepIn();
      if (in.next() != IonType.STRUCT || !"Item".equals(in.getFieldName())) {
        return null;
      }
      Map<String, AttributeValue> item = value(in, IonType.STRUCT).m();
      boolean alone = in.next() == null;
      in.stepOut();
      return alone && in.next() == null ? item : null;
    }
  }

  private static AttributeValue value(IonReader in, IonType type) {
    String[] annotations = in.getTypeAnnotations();
    String set = annotations.length == 0 ? "" : annotations[0];
    switch (type) {
      case NULL:
        return AttributeValue.fromNul(true);
      case BOOL:
        return AttributeValue.fromBool(in.booleanValue());
      case INT:
        return AttributeValue.fromN(in.bigIntegerValue().toString());
      case DECIMAL:
        return AttributeValue.fromN(in.bigDecimalValue().toString());
      case STRING:
        return AttributeValue.fromS(in.stringValue());
      case BLOB:
        return AttributeValue.fromB(SdkBytes.fromByteArray(in.newBytes()));
      case STRUCT:
        Map<String, AttributeValue> members = new HashMap<>();
        in.stepIn();
        for (IonType t = in.next(); t != null; t = in.next()) {
          if (members.put(in.getFieldName(), value(in, t)) != null) {
            throw new IllegalStateException("a name comes twice");
          }
        }
        in.stepOut();
        return AttributeValue.fromM(members);
      case LIST:
        List<AttributeValue> elements = new ArrayList<>();
        in.stepIn();
        for (IonType t = in.next(); t != null; t = in.next()) {
          elements.add(value(in, t));
        }
        in.stepOut();
        return switch (set) {
          case IonText.SS ->
              AttributeValue.fromSs(elements.stream().map(AttributeValue::s).toList());
          case IonText.NS ->
              AttributeValue.fromNs(elements.stream().map(AttributeValue::n).toList());
          case IonText.BS ->
              AttributeValue.fromBs(elements.stream().map(AttributeValue::b).toList());
          default -> AttributeValue.fromL(elements);
        };
      default:
        throw new IllegalStateException("not one of ours: " + type);
    }
  }

  private static String record(Random random) {
    StringBuilder record = new StringBuilder(random.nextBoolean() ? "$ion_1_0 " : "");
    record.append("{Item:{");
    for (int i = random.nextInt(4); i >= 0; i--) {
      record.append("a").append(i).append(random.nextInt(5) == 0 ? " : " : ":");
      record.append(VALUES.get(random.nextInt(VALUES.size()))).append(i == 0 ? "" : ",");
    }
    return record.append("}}").toString();
  }

  private static String damaged(String record, Random random) {
    StringBuilder text = new StringBuilder(record);
    for (int i = random.nextInt(3); i > 0; i--) {
      int at = random.nextInt(text.length());
      char c = TELLING.charAt(random.nextInt(TELLING.length()));
      switch (random.nextInt(3)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.setCharAt(at, c);
        default -> text.insert(at, c);
      }
    }
    return text.toString();
  }

  @Test
  void whatIsTakenIsIonToOthers() throws IOException {
    int taken = 0;
    int malformed = 0;
    for (int seed = 0; seed < TEXTS; seed++) {
      Random random = new Random(seed);
      String text = damaged(record(random), random);
      Map<String, AttributeValue> item;
      try {
        item = IonRecord.parse(text.getBytes(UTF_8));
      } catch (InvalidItemException e) {
        if (e.reason() == Reason.MALFORMED) {
          malformed++;
          assertIsRefused(text, seed);
        }
        continue;
      }
      String which = seed + ": " + new String(text.getBytes(UTF_8), ISO_8859_1);
      if (item == null) {
        continue;
      }
      taken++;
      assertThat(which, ItemDiff.differing(item, other(text)), is(empty()));
    }
    assertThat(taken, greaterThan(TEXTS / 3));
    assertThat(malformed, greaterThan(TEXTS / 10));
  }

  /**
   * A name that comes twice, or that is only numbered, is Ion, but no item. Base64 that goes on
   * behind its padding is none, but ion-java takes it.
   */
  private static void assertIsRefused(String text, int seed) throws IOException {
    try {
      Map<String, AttributeValue> item = other(text);
      boolean numbered = text.matches("(?s).*\\$\\d.*");
      boolean behindPadding = text.matches("(?s).*=\\s*[^=}\\s].*");
      boolean allowed = numbered || behindPadding;
      assertThat(seed + ": " + text, item == null || allowed, is(true));
    } catch (IonException | IllegalStateException | IndexOutOfBoundsException e) {
      // As here.
    }
  }
}
