/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.format.dynamodbjson.DynamoDbJsonFormat;
import io.sluice.item.Reason;
import io.sluice.source.Reads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Documents of generated values, valid or with one character added, missing or misplaced: a
 * document is read without a rejection exactly when it is JSON, as judged by a parser of whole
 * documents. A failure names the seed of its file.
 */
class JsonDocumentsPropertyTest {
  private static final int FILES = 6_000;
  private static final JsonFormat JSON = JsonFormat.withColumns(Map.of());
  private static final DynamoDbJsonFormat TYPED = new DynamoDbJsonFormat();
  private static final String TELLING = "{}[]\",:\\ \n-.0etn/'";
  private static final ObjectMapper WHOLE =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  @Test
  void aSoundDocumentIsRead() {
    for (int seed = 0; seed < FILES; seed++) {
      Random random = new Random(seed);
      int items = random.nextInt(4);
      List<Object> plain = Reads.outcomes(JSON, list(random, items, this::object));
      assertThat(
          "plain, seed " + seed,
          plain.stream().filter(o -> o instanceof Map).count(),
          is((long) items));
      assertThat("plain, seed " + seed, plain.size(), is(items));
      List<Object> typed = Reads.outcomes(TYPED, scan(random, items));
      assertThat(
          "typed, seed " + seed,
          typed.stream().filter(o -> o instanceof Map).count(),
          is((long) items));
      assertThat("typed, seed " + seed, typed.size(), is(items));
    }
  }

  @Test
  void aDamagedListIsNeverReadAsASoundOne() {
    int damaged = 0;
    for (int seed = 0; seed < FILES; seed++) {
      Random random = new Random(seed);
      String file = damaged(list(random, 1 + random.nextInt(3), this::object), random);
      JsonNode whole = parsed(file);
      if (!file.strip().startsWith("[")) {
        // A sequence of objects, or lines: not a single document.
        continue;
      }
      List<Object> outcomes = Reads.outcomes(JSON, file);
      if (whole == null) {
        damaged++;
        assertThat("seed " + seed, outcomes.stream().anyMatch(o -> o instanceof Reason), is(true));
        continue;
      }
      assertThat("seed " + seed, outcomes.size(), is(whole.size()));
      for (int i = 0; i < whole.size(); i++) {
        boolean item = whole.get(i).isObject();
        assertThat(
            "seed " + seed,
            outcomes.get(i) instanceof Map,
            equalTo(item && !isRefused(whole.get(i))));
      }
    }
    assertThat(damaged, greaterThan(FILES / 2));
  }

  @Test
  void aDamagedEnvelopeIsNeverReadAsASoundOne() {
    int damaged = 0;
    for (int seed = 0; seed < FILES; seed++) {
      Random random = new Random(seed);
      String file = damaged(scan(random, 1 + random.nextInt(3)), random);
      if (parsed(file) == null && file.strip().startsWith("{\"")) {
        damaged++;
        List<Object> outcomes = Reads.outcomes(TYPED, file);
        assertThat("seed " + seed, outcomes.stream().anyMatch(o -> o instanceof Reason), is(true));
      }
    }
    assertThat(damaged, greaterThan(FILES / 3));
  }

  /** Whether DynamoDB has no attribute for it, though it is JSON. */
  private static boolean isRefused(JsonNode object) {
    return object.has("") || object.toString().contains("\"\":");
  }

  private static @Nullable JsonNode parsed(String file) {
    try {
      return WHOLE.readTree(file.getBytes(UTF_8));
    } catch (JsonProcessingException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String damaged(String file, Random random) {
    int at = random.nextInt(file.length());
    String before = file.substring(0, at);
    String behind = file.substring(at + 1);
    char other = TELLING.charAt(random.nextInt(TELLING.length()));
    return switch (random.nextInt(4)) {
      case 0 -> before + behind;
      case 1 -> before + file.charAt(at) + file.charAt(at) + behind;
      case 2 -> before + other + behind;
      default -> before + other + file.charAt(at) + behind;
    };
  }

  private String scan(Random random, int items) {
    String list = "\"Items\":" + list(random, items, this::typedItem);
    String count = "\"Count\":" + items;
    String last = "\"LastEvaluatedKey\":{\"pk\":{\"S\":\"" + text(random) + "\"}}";
    return switch (random.nextInt(4)) {
      case 0 -> "{" + list + "," + count + "," + last + "}";
      case 1 -> "{" + count + "," + list + "}\n";
      case 2 -> "{" + last + ",\n" + count + "," + list + ",\"NextToken\":\"]}\"}";
      default -> "{" + list + "}";
    };
  }

  private static String list(Random random, int size, Function<Random, String> element) {
    StringBuilder list = new StringBuilder("[");
    for (int i = 0; i < size; i++) {
      list.append(i == 0 ? "" : ",").append(space(random));
      list.append(element.apply(random)).append(space(random));
    }
    return list.append(']').toString();
  }

  private String object(Random random) {
    StringBuilder object = new StringBuilder("{");
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      object.append(i == 0 ? "" : ",").append(space(random));
      object.append('"').append((char) ('a' + i)).append("\":").append(value(random, 2));
    }
    return object.append('}').toString();
  }

  private String value(Random random, int levels) {
    return switch (random.nextInt(levels == 0 ? 4 : 6)) {
      case 0 -> "\"" + text(random) + "\"";
      case 1 -> new String[] {"0", "-1.50", "1e5", "17", "0.1E-2"}[random.nextInt(5)];
      case 2 -> random.nextBoolean() ? "true" : "false";
      case 3 -> "null";
      case 4 -> list(random, random.nextInt(3), r -> value(r, levels - 1));
      default -> "{\"m\":" + value(random, levels - 1) + "}";
    };
  }

  private String typedItem(Random random) {
    String number = "\"n\":{\"N\":\"" + random.nextInt(100) + "\"}";
    String text = "\"s\":{\"S\":\"" + text(random) + "\"}";
    return "{" + number + "," + text + ",\"l\":{\"L\":[{\"BOOL\":true},{\"NULL\":true}]}}";
  }

  private static String text(Random random) {
    String[] texts = {"", "x", "é😀", "\\\"", "}{][", ",", "\\\\", "\\u00e9\\n", "a:b"};
    return texts[random.nextInt(texts.length)];
  }

  private static String space(Random random) {
    String[] spaces = {"", "", "", " ", "\n", "\r\n\t"};
    return spaces[random.nextInt(spaces.length)];
  }
}
