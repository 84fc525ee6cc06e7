/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** Makes items of all types at random; the same seed makes the same items. */
public final class RandomItems {

  private static final int[] LENGTHS = {0, 1, 2, 7, 63, 64, 65, 127, 128, 300, 17_000};

  private final Random random;

  public RandomItems(long seed) {
    this.random = new Random(seed);
  }

  public Map<String, Value> item() {
    return map(1);
  }

  private Map<String, Value> map(int level) {
    Map<String, Value> map = new LinkedHashMap<>();
    int count = random.nextInt(8);
    for (int i = 0; i < count; i++) {
      map.put("n" + text(), value(level));
    }
    return map;
  }

  Value value(int level) {
    return switch (random.nextInt(level < 5 ? 10 : 8)) {
      case 0 -> new Value.S(text());
      case 1 -> new Value.N(number());
      case 2 -> new Value.B(bytes());
      case 3 -> Value.Bool.of(random.nextBoolean());
      case 4 -> Value.Null.NULL;
      case 5 -> new Value.SS(set(this::text));
      case 6 -> new Value.NS(set(this::number));
      case 7 -> new Value.BS(set(this::bytes));
      case 8 -> new Value.L(list(level + 1));
      default -> new Value.M(map(level + 1));
    };
  }

  private List<Value> list(int level) {
    List<Value> list = new ArrayList<>();
    int count = random.nextInt(5);
    for (int i = 0; i < count; i++) {
      list.add(value(level));
    }
    return list;
  }

  private <E> Set<E> set(Supplier<E> element) {
    Set<E> set = new LinkedHashSet<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      set.add(element.get());
    }
    return set;
  }

  /** Makes a number of up to 38 digits, of any magnitude that DynamoDB takes. */
  BigDecimal number() {
    if (random.nextInt(10) == 0) {
      return BigDecimal.ZERO;
    }
    int digits = 1 + random.nextInt(Numbers.MAX_DIGITS);
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
    text.append((char) ('1' + random.nextInt(9)));
    for (int i = 1; i < digits; i++) {
      text.append((char) ('0' + random.nextInt(10)));
    }
    int magnitude = random.nextInt(256) - 130;
    return new BigDecimal(new BigInteger(text.toString()), digits - 1 - magnitude)
        .stripTrailingZeros();
  }

  /** Makes a text of any characters, without half surrogates. */
  String text() {
    int length = length();
    int kind = random.nextInt(3);
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      int codePoint =
          switch (kind) {
            case 0 -> ' ' + random.nextInt(95);
            case 1 -> random.nextInt(0x800);
            default -> random.nextInt(Character.MAX_CODE_POINT + 1);
          };
      if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
        text.appendCodePoint(codePoint);
      }
    }
    return text.toString();
  }

  Bytes bytes() {
    byte[] bytes = new byte[length()];
    random.nextBytes(bytes);
    return Bytes.of(bytes);
  }

  private int length() {
    return random.nextInt(200) == 0
        ? LENGTHS[random.nextInt(LENGTHS.length)]
        : LENGTHS[random.nextInt(4)];
  }
}
