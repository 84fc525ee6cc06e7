/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.ion;

import io.sluice.format.stream.Utf8;
import io.sluice.item.InvalidItemException;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads records of incremental exports in Ion text. */
public final class IonChanges {
  private static final String RECORD = "Record";

  private IonChanges() {}

  /** Whether a record is blank, a comment or a version marker. */
  public static boolean isNothing(byte[] record) {
    try {
      return begin(record).next() == IonTokens.END;
    } catch (InvalidItemException e) {
      return false;
    }
  }

  /**
   * Reads the structs that a record consists of, such as {@code $ion_1_0
   * {Record:{Metadata:{…},Keys:{…},NewImage:{…}}}}; the struct named Record may be missing.
   *
   * @return each by its name
   * @throws InvalidItemException MALFORMED, NOT_UTF8, NOT_OF_TYPE, NESTING or NUMBER_RANGE
   */
  public static Map<String, Map<String, AttributeValue>> members(byte[] record)
      throws InvalidItemException {
    Utf8.decode(record);
    IonTokens in = begin(record);
    in.take("{");
    Map<String, Map<String, AttributeValue>> members = structs(in, true);
    if (in.next() != IonTokens.END) {
      throw IonTokens.malformed("text after the value");
    }
    return members;
  }

  private static IonTokens begin(byte[] record) throws InvalidItemException {
    IonTokens in = new IonTokens(record);
    while (in.takes(IonRecord.MARKER)) {
      if (in.next() == ':') {
        throw IonTokens.malformed("a version marker as an annotation");
      }
    }
    return in;
  }

  private static Map<String, Map<String, AttributeValue>> structs(IonTokens in, boolean isOuter)
      throws InvalidItemException {
    Map<String, Map<String, AttributeValue>> members = new LinkedHashMap<>();
    while (!in.takes("}")) {
      // Each has a path of its own: the nesting of a value counts from its image.
      IonValues values = new IonValues(in);
      String name = values.name();
      if (in.next() != '{' || in.isAt("{{")) {
        throw IonTokens.malformed("a member of a change that is no struct");
      }
      if (isOuter && name.equals(RECORD) && members.isEmpty()) {
        in.take("{");
        members.putAll(structs(in, false));
        in.takes(",");
        in.take("}");
        return members;
      }
      if (members.put(name, values.attributes()) != null) {
        throw IonTokens.malformed("the name of a member comes twice");
      }
      if (in.next() != '}') {
        in.take(",");
      }
    }
    return members;
  }
}
