/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.ion;

import io.sluice.item.AttributePath;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemRules;
import io.sluice.item.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads attributes from the values of Ion text. */
final class IonValues {
  private static final AttributeValue TRUE = AttributeValue.fromBool(true);
  private static final AttributeValue FALSE = AttributeValue.fromBool(false);
  private static final AttributeValue NULL = AttributeValue.fromNul(true);

  private static final Pattern NAME = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");

  /** The place of a symbol in a table, which text does not need and we do not read. */
  private static final Pattern NUMBERED = Pattern.compile("\\$[0-9]+");

  private final IonTokens in;
  private final AttributePath path = new AttributePath();

  IonValues(IonTokens in) {
    this.in = in;
  }

  /** Takes a struct, whose bracket is next. */
  Map<String, AttributeValue> attributes() throws InvalidItemException {
    in.take("{");
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    while (!in.takes("}")) {
      String name = name();
      path.push(name);
      if (attributes.put(name, value()) != null) {
        throw path.invalid(Reason.MALFORMED, "the name comes twice");
      }
      path.pop();
      separator('}');
    }
    return attributes;
  }

  /** Takes the comma between two values, unless the bracket that ends them comes next. */
  private void separator(char end) throws InvalidItemException {
    if (in.next() != end) {
      in.take(",");
    }
  }

  /** Takes the name of a member and its colon. */
  String name() throws InvalidItemException {
    int b = in.next();
    String name;
    if (b == '"' || b == '\'') {
      name = in.quoted();
    } else {
      name = in.word();
      if (!isSymbol(name) || IonText.isKeyword(name)) {
        throw IonTokens.malformed("no name where one must be");
      }
    }
    in.take(":");
    if (in.isAt(":")) {
      throw IonTokens.malformed("a name with an annotation");
    }
    return name;
  }

  private static boolean isSymbol(String word) {
    return NAME.matcher(word).matches() && !NUMBERED.matcher(word).matches();
  }

  private AttributeValue value() throws InvalidItemException {
    ItemRules.checkLevel(path);
    int b = in.next();
    switch (b) {
      case '"' -> {
        return AttributeValue.fromS(in.quoted());
      }
      case '[' -> {
        return AttributeValue.fromL(elements(this::value));
      }
      case '{' -> {
        return in.isAt("{{") ? AttributeValue.fromB(binary()) : AttributeValue.fromM(attributes());
      }
      case '(' -> throw notOfType("an s-expression");
      case '\'' -> {
        boolean isText = in.isAt("'''");
        String text = in.quoted();
        if (!isText) {
          throw notOfType(in.takes("::") ? "an annotation that names no set" : "a symbol");
        }
        return AttributeValue.fromS(text);
      }
      default -> {
        return IonNumbers.begins(b) ? AttributeValue.fromN(number()) : word();
      }
    }
  }

  private AttributeValue word() throws InvalidItemException {
    String word = in.word();
    if (in.takes("::")) {
      return set(word);
    }
    return switch (word) {
      case "null" -> NULL;
      case "true" -> TRUE;
      case "false" -> FALSE;
      case "nan" -> throw notOfType("a float, which is binary; an N is a decimal or an integer");
      default -> {
        if (word.startsWith("null.")) {
          throw notOfType("a null of a type; NULL is null alone");
        }
        throw isSymbol(word)
            ? notOfType("a symbol")
            : IonTokens.malformed("no value where one must be");
      }
    };
  }

  private AttributeValue set(String annotation) throws InvalidItemException {
    boolean isList = in.next() == '[';
    if (isList && annotation.equals(IonText.SS)) {
      return AttributeValue.fromSs(elements(this::string));
    }
    if (isList && annotation.equals(IonText.NS)) {
      return AttributeValue.fromNs(elements(this::number));
    }
    if (isList && annotation.equals(IonText.BS)) {
      return AttributeValue.fromBs(elements(this::binary));
    }
    throw notOfType("an annotation that names no set");
  }

  private interface Element<T> {
    T take() throws InvalidItemException;
  }

  private <T> List<T> elements(Element<T> element) throws InvalidItemException {
    in.take("[");
    List<T> elements = new ArrayList<>();
    while (!in.takes("]")) {
      path.push(elements.size());
      elements.add(element.take());
      path.pop();
      separator(']');
    }
    return elements;
  }

  private String string() throws InvalidItemException {
    int b = in.next();
    if (b != '"' && !in.isAt("'''")) {
      throw notOfType("an element of a set of strings that is none");
    }
    return in.quoted();
  }

  private String number() throws InvalidItemException {
    if (!IonNumbers.begins(in.next())) {
      throw notOfType("an element of a set of numbers that is none");
    }
    try {
      return IonNumbers.text(in.word());
    } catch (InvalidItemException e) {
      throw path.invalid(e.reason(), e.getMessage());
    }
  }

  private SdkBytes binary() throws InvalidItemException {
    in.next();
    if (!in.isAt("{{")) {
      throw notOfType("an element of a set of blobs that is none");
    }
    in.take("{{");
    byte[] bytes = in.blob();
    if (bytes == null) {
      throw notOfType("a clob");
    }
    return SdkBytes.fromByteArrayUnsafe(bytes);
  }

  private InvalidItemException notOfType(String what) {
    return path.invalid(Reason.NOT_OF_TYPE, what);
  }
}
