/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBool;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNul;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.item.InvalidItemException;
import io.sluice.item.KeyAttribute;
import io.sluice.item.Reason;
import io.sluice.source.KeyFrom.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class KeyFromTest {
  private static final KeyAttribute PK = KeyAttribute.parse("pk:S");
  private static final byte[] NO_RECORD = {};

  private static String key(String keyFrom, Map<String, AttributeValue> item)
      throws InvalidItemException {
    return key(keyFrom, item, NO_RECORD);
  }

  private static String key(String keyFrom, Map<String, AttributeValue> item, byte[] record)
      throws InvalidItemException {
    Map<String, AttributeValue> keyed = new HashMap<>(item);
    KeyFrom.parse(keyFrom).putKey(keyed, record, PK);
    Map<String, AttributeValue> rest = new HashMap<>(keyed);
    rest.remove("pk");
    Map<String, AttributeValue> before = new HashMap<>(item);
    before.remove("pk");
    assertThat("other attributes stay as they are", rest, equalTo(before));
    AttributeValue key = keyed.get("pk");
    return key == null ? null : key.s();
  }

  private static void assertRefused(
      Reason reason, String keyFrom, Map<String, AttributeValue> item) {
    InvalidItemException e = assertThrows(InvalidItemException.class, () -> key(keyFrom, item));
    assertThat(e.getMessage(), e.reason(), is(reason));
    assertThat(e.getMessage(), not(containsString("secret")));
  }

  @Test
  void parsed() {
    assertThat(KeyFrom.parse("md5"), is(new KeyFrom(Source.MD5, List.of())));
    assertThat(KeyFrom.parse("SHA256"), is(new KeyFrom(Source.SHA256, List.of())));
    assertThat(KeyFrom.parse("record"), is(KeyFrom.RECORD));
    assertThat(KeyFrom.parse("a"), is(new KeyFrom(Source.COLUMNS, List.of("a"))));
    assertThat(KeyFrom.parse("b, a b"), is(new KeyFrom(Source.COLUMNS, List.of("b", "a b"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a,", ",a", "a,,b", ","})
  void emptyNames(String text) {
    assertThrows(IllegalArgumentException.class, () -> KeyFrom.parse(text));
  }

  @Test
  void columnsBelongToTheirSource() {
    assertThrows(IllegalArgumentException.class, () -> new KeyFrom(Source.COLUMNS, List.of()));
    assertThrows(IllegalArgumentException.class, () -> new KeyFrom(Source.MD5, List.of("a")));
  }

  @Test
  void digestsOfTheRecord() throws InvalidItemException {
    Map<String, AttributeValue> item = Map.of("a", fromS("x"));
    assertThat(key("md5", item), is("D41D8CD98F00B204E9800998ECF8427E"));
    assertThat(key("md5", item, "abc".getBytes(UTF_8)), is("900150983CD24FB0D6963F7D28E17F72"));
    assertThat(
        key("sha256", item, "abc".getBytes(UTF_8)),
        is("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"));
  }

  @Test
  void theRecordHasItsKey() throws InvalidItemException {
    assertThat(key("record", Map.of("pk", fromS("x"))), is("x"));
    assertThat(key("record", Map.of("a", fromS("x"))), is((String) null));
  }

  @Test
  void columnsAreJoined() throws InvalidItemException {
    Map<String, AttributeValue> item =
        Map.of("s", fromS("x"), "n", fromN("1.50"), "l", fromBool(true), "e", fromS(""));
    assertThat(key("s", item), is("x"));
    assertThat(key("s,n,l", item), is("x|1.5|true"));
    assertThat(key("n,s", item), is("1.5|x"));
    assertThat(key("e,s,e", item), is("|x|"));
    assertThat("numbers by value", key("n", Map.of("n", fromN("15e-1"))), is("1.5"));
  }

  @Test
  void separatorsWithinAPartAreEscaped() throws InvalidItemException {
    assertThat(key("a,b", Map.of("a", fromS("x|y"), "b", fromS("z\\"))), is("x\\|y|z\\\\"));
  }

  @Property(tries = 500)
  void differentPartsMakeDifferentKeys(
      @ForAll @Size(3) List<@Chars({'|', '\\', 'a'}) @StringLength(max = 3) String> one,
      @ForAll @Size(3) List<@Chars({'|', '\\', 'a'}) @StringLength(max = 3) String> other)
      throws InvalidItemException {
    assertThat(joined(one).equals(joined(other)), is(one.equals(other)));
  }

  private static String joined(List<String> parts) throws InvalidItemException {
    Map<String, AttributeValue> item = new HashMap<>();
    List<String> names = new ArrayList<>();
    for (String part : parts) {
      names.add("c" + names.size());
      item.put(names.get(names.size() - 1), fromS(part));
    }
    return key(String.join(",", names), item);
  }

  @Test
  void anAttributeOfTheKeysNameIsNotReplaced() throws InvalidItemException {
    Map<String, AttributeValue> item = Map.of("pk", fromS("secret"), "a", fromS("x"));
    assertRefused(Reason.KEY_CONFLICT, "md5", item);
    assertRefused(Reason.KEY_CONFLICT, "a", item);
    assertRefused(Reason.KEY_CONFLICT, "pk,a", item);
    assertThat("made from itself", key("pk", Map.of("pk", fromS("x|y"))), is("x|y"));
  }

  @Test
  void columnsThatMakeNoKey() {
    assertRefused(Reason.KEY_MISSING, "a,b", Map.of("a", fromS("secret")));
    assertRefused(Reason.KEY_TYPE, "a", Map.of("a", fromL(List.of(fromS("secret")))));
    assertRefused(Reason.KEY_TYPE, "a", Map.of("a", fromNul(true)));
    // Items of JSON and DynamoDB JSON are not checked before their keys are made.
    assertRefused(Reason.NOT_OF_TYPE, "a", Map.of("a", fromN("secret")));
    assertRefused(Reason.NUMBER_RANGE, "a", Map.of("a", fromN("1e9999999999999999")));
    assertRefused(Reason.NUMBER_RANGE, "a", Map.of("a", fromN("0e999")));
  }
}
