/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ValueTest {

  @Test
  void namesItsType() {
    assertThat(new Value.S("a").type(), is("S"));
    assertThat(new Value.N(BigDecimal.ONE).type(), is("N"));
    assertThat(new Value.B(Bytes.of()).type(), is("B"));
    assertThat(Value.Bool.TRUE.type(), is("BOOL"));
    assertThat(Value.Null.NULL.type(), is("NULL"));
    assertThat(new Value.SS(Set.of("a")).type(), is("SS"));
    assertThat(new Value.NS(Set.of(BigDecimal.ONE)).type(), is("NS"));
    assertThat(new Value.BS(Set.of(Bytes.of())).type(), is("BS"));
    assertThat(new Value.L(List.of()).type(), is("L"));
    assertThat(new Value.M(Map.of()).type(), is("M"));
  }

  @Test
  void equalsASetInAnotherOrder() {
    assertThat(texts("a", "b"), is(texts("b", "a")));
    assertThat(texts("a", "b").hashCode(), is(texts("b", "a").hashCode()));
    assertThat(texts("a", "b"), not(texts("a")));
    assertThat(
        new Value.NS(new LinkedHashSet<>(List.of(BigDecimal.ONE, BigDecimal.TEN))),
        is(new Value.NS(new LinkedHashSet<>(List.of(new BigDecimal("10"), BigDecimal.ONE)))));
    assertThat(
        new Value.BS(new LinkedHashSet<>(List.of(Bytes.of(), Bytes.of((byte) 1)))),
        is(new Value.BS(new LinkedHashSet<>(List.of(Bytes.of((byte) 1), Bytes.of())))));
  }

  @Test
  void equalsAListInTheSameOrderOnly() {
    Value one = new Value.L(List.of(new Value.S("a"), new Value.S("b")));

    assertThat(one, is(new Value.L(List.of(new Value.S("a"), new Value.S("b")))));
    assertThat(one, not(new Value.L(List.of(new Value.S("b"), new Value.S("a")))));
  }

  @Test
  void equalsAMapInAnotherOrder() {
    Value one = new Value.M(map("a", "b"));

    assertThat(one, is(new Value.M(map("b", "a"))));
    assertThat(one.hashCode(), is(new Value.M(map("b", "a")).hashCode()));
    assertThat(one, not(new Value.M(map("a"))));
  }

  @Test
  void differsFromAnotherType() {
    assertThat((Value) new Value.S("1"), not(new Value.N(BigDecimal.ONE)));
    assertThat((Value) new Value.S("a"), not(texts("a")));
    assertThat((Value) Value.Bool.FALSE, not(Value.Null.NULL));
  }

  @Test
  void keepsTheOrderOfInsertion() {
    assertThat(texts("c", "a", "b").texts(), contains("c", "a", "b"));
    assertThat(new Value.M(map("c", "a", "b")).values().keySet(), contains("c", "a", "b"));
  }

  @Test
  void staysAsItWasWhateverBecomesOfTheCollections() {
    Set<String> set = new LinkedHashSet<>(List.of("a"));
    Map<String, Value> map = map("a");
    List<Value> list = new ArrayList<>(List.of(new Value.S("a")));
    Value.SS texts = new Value.SS(set);
    Value.M values = new Value.M(map);
    Value.L elements = new Value.L(list);
    set.add("b");
    map.put("b", new Value.S("b"));
    list.clear();

    assertThat(texts, is(texts("a")));
    assertThat(values, is(new Value.M(map("a"))));
    assertThat(elements, is(new Value.L(List.of(new Value.S("a")))));
  }

  @Test
  void refusesChanges() {
    Set<String> texts = texts("a").texts();
    Map<String, Value> values = new Value.M(map("a")).values();
    List<Value> elements = new Value.L(List.of(new Value.S("a"))).values();

    assertThrows(UnsupportedOperationException.class, () -> texts.add("b"));
    assertThrows(UnsupportedOperationException.class, () -> texts.remove("a"));
    assertThrows(UnsupportedOperationException.class, texts::clear);
    assertThrows(UnsupportedOperationException.class, () -> values.put("b", Value.Null.NULL));
    assertThrows(UnsupportedOperationException.class, () -> values.remove("a"));
    assertThrows(UnsupportedOperationException.class, values::clear);
    assertThrows(
        UnsupportedOperationException.class,
        () -> values.entrySet().iterator().next().setValue(Value.Null.NULL));
    assertThrows(UnsupportedOperationException.class, () -> values.keySet().remove("a"));
    assertThrows(UnsupportedOperationException.class, elements::clear);
    assertThat(values.get("b"), nullValue());
    assertThat(values, hasKey("a"));
  }

  @Test
  void copiesNoCollectionOfAValue() {
    Value.SS texts = texts("a");
    Value.NS numbers = new Value.NS(Set.of(BigDecimal.ONE));
    Value.M values = new Value.M(map("a"));
    Value.L elements = new Value.L(List.of(new Value.S("a")));

    assertThat(new Value.SS(texts.texts()).texts(), sameInstance(texts.texts()));
    assertThat(new Value.NS(numbers.numbers()).numbers(), sameInstance(numbers.numbers()));
    assertThat(new Value.M(values.values()).values(), sameInstance(values.values()));
    assertThat(new Value.L(elements.values()).values(), sameInstance(elements.values()));
  }

  @Test
  void rejectsAnEmptySet() {
    assertThrows(IllegalArgumentException.class, () -> new Value.SS(Set.of()));
    assertThrows(IllegalArgumentException.class, () -> new Value.NS(Set.of()));
    assertThrows(IllegalArgumentException.class, () -> new Value.BS(Set.of()));
  }

  @Test
  void rejectsNulls() {
    assertThrows(NullPointerException.class, () -> new Value.S(null));
    assertThrows(NullPointerException.class, () -> new Value.N(null));
    assertThrows(NullPointerException.class, () -> new Value.B(null));
    assertThrows(
        NullPointerException.class, () -> new Value.SS(Collections.singleton((String) null)));
    assertThrows(
        NullPointerException.class, () -> new Value.NS(Collections.singleton((BigDecimal) null)));
    assertThrows(NullPointerException.class, () -> new Value.L(Arrays.asList(new Value[] {null})));
    assertThrows(
        NullPointerException.class, () -> new Value.M(Collections.singletonMap("a", null)));
    assertThrows(
        NullPointerException.class,
        () -> new Value.M(Collections.singletonMap(null, Value.Null.NULL)));
  }

  private static Value.SS texts(String... texts) {
    return new Value.SS(new LinkedHashSet<>(List.of(texts)));
  }

  private static Map<String, Value> map(String... names) {
    Map<String, Value> map = new LinkedHashMap<>();
    for (String name : names) {
      map.put(name, new Value.S(name));
    }
    return map;
  }
}
