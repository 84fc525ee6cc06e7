/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.json.ItemJson;
import io.sluice.testing.Items;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Files of records that are mostly odd, with the attributes id, n, flag, bin and x. */
final class OddFiles {
  /** Keys of tables that some of the records have. */
  static final List<KeySchema> SCHEMAS =
      List.of(
          new KeySchema(KeyAttribute.parse("id:S"), null),
          new KeySchema(KeyAttribute.parse("id:S"), KeyAttribute.parse("n:N")),
          new KeySchema(KeyAttribute.parse("n:N"), KeyAttribute.parse("x:S")),
          new KeySchema(KeyAttribute.parse("bin:B"), null));

  private OddFiles() {}

  static Arbitrary<String> csv() {
    Arbitrary<String> cell =
        Arbitraries.oneOf(
            Arbitraries.of("a", "b c", "1", "1.50", "true", "", "YQ==", "NULL"),
            Items.numbers(),
            Arbitraries.of(
                "-0",
                "+1",
                " 1 ",
                "1,5",
                "0.0",
                "100.0",
                "1.",
                ".5",
                "0.00000001",
                "0.0000001",
                "12345678901234567.10",
                "FALSE",
                "t",
                "\"q\"",
                "\"a,b\"",
                "\"a\"\"b\"",
                "\"\"",
                "\"\"\"\"",
                "\"",
                "a\"b",
                "\"x\" ",
                "\"a\nb\"",
                "é",
                "\u20ac😀",
                "|",
                "a\\b",
                "\r",
                "\"c\rd\"",
                "x",
                "   "));
    Arbitrary<String> row =
        Combinators.combine(
                cell.list().ofMinSize(1).ofMaxSize(7),
                Arbitraries.of("\n", "\n", "\r\n", ",\n", "\n\n"))
            .as((cells, end) -> String.join(",", cells) + end);
    Arbitrary<String> full =
        Combinators.combine(cell.list().ofSize(5), Arbitraries.of("\n", "\r\n"))
            .as((cells, end) -> String.join(",", cells) + end);
    return Combinators.combine(
            Arbitraries.of("id,n,flag,bin,x\n", "x,n,,id,flag\n", "id\n", "id,id\n"),
            Arbitraries.frequencyOf(Tuple.of(3, full), Tuple.of(1, row)).list().ofMaxSize(12))
        .as((header, rows) -> header + String.join("", rows));
  }

  static Arbitrary<String> json() {
    Arbitrary<String> value =
        Arbitraries.lazyOf(
            () -> Items.numbers(),
            () ->
                Arbitraries.of(
                    "\"a\"",
                    "\"\"",
                    "1",
                    "-0",
                    "1.50",
                    "01",
                    "1.",
                    "1e5",
                    "1E400",
                    "true",
                    "false",
                    "null",
                    "nul",
                    "\"\\u00e9\"",
                    "\"\\ud800\"",
                    "\"a\\\"b\"",
                    "\"\u0001\"",
                    "\"YQ==\"",
                    "[]",
                    "{}",
                    "[1,[2]]",
                    "{\"b\":1,\"a\":{\"c\":null}}",
                    "{\"b\":1,\"b\":2}",
                    "[1,]",
                    "{\"\":1}",
                    "[".repeat(31) + "]".repeat(31),
                    "[".repeat(32) + "]".repeat(32)));
    Arbitrary<String> field =
        Combinators.combine(
                Arbitraries.of("id", "n", "x", "bin", "flag", "", "a\\\"b", "\\u0069d"),
                Arbitraries.of(":", " : "),
                value)
            .as((name, colon, v) -> "\"" + name + "\"" + colon + v);
    Arbitrary<String> line =
        Combinators.combine(
                Arbitraries.of("", "\"id\":\"k\",", "\"n\":7,\"id\":\"k\",\"x\":\"y\","),
                field.list().ofMaxSize(5),
                Arbitraries.of("}", " } ", "}}", ",}", "}\u0000", "} \u0001"))
            .as((first, fields, end) -> "{" + first + String.join(",", fields) + end);
    return line.list().ofMaxSize(8).map(lines -> "{\"id\":\"first\"}\n" + String.join("\n", lines));
  }

  static Arbitrary<String> typedJson() {
    Arbitrary<String> item =
        Arbitraries.oneOf(Items.items(), Items.items(SCHEMAS.get(1)), Items.items(SCHEMAS.get(2)))
            .map(ItemJson::toJson);
    Arbitrary<String> odd =
        Arbitraries.of(
            "{\"id\":{\"S\":\"a\"},\"id\":{\"S\":\"b\"}}",
            "{\"id\":{\"S\":\"a\",\"N\":\"1\"}}",
            "{\"id\":{\"S\":1}}",
            "{\"id\":{\"S\":\"a\"},\"n\":{\"N\":1.50}}",
            "{\"id\":{\"S\":\"a\"},\"n\":{\"N\":\"x\"}}",
            "{\"id\":{\"S\":\"a\"},\"n\":{\"N\":\"1e126\"}}",
            "{\"id\":{\"S\":\"a\"},\"n\":{\"N\":\"\"}}",
            "{\"id\":{\"S\":\"a\"},\"s\":{\"NS\":[\"1\",\"1.0\"]}}",
            "{\"id\":{\"S\":\"a\"},\"s\":{\"SS\":[\"b\",\"a\",\"b\"]}}",
            "{\"id\":{\"S\":\"a\"},\"s\":{\"BS\":[\"YQ==\",\"YQ\"]}}",
            "{\"id\":{\"S\":\"a\"},\"s\":{\"SS\":[]}}",
            "{\"id\":{\"S\":\"a\"},\"s\":{\"NULL\":false}}",
            "{\"id\":{\"S\":\"a\"},\"s\":{\"B\":\"Y\"}}",
            "{\"id\":{\"S\":\"a\"},\"s\":{\"Bool\":true}}",
            "{\"id\":{\"S\":\"a\"},\"\":{\"S\":\"\"}}",
            "{\"Item\":{\"S\":\"a\"}}",
            "{\"Item\":{\"S\":{\"S\":\"a\"}}}",
            "{\"Item\":{\"id\":{\"S\":\"a\"}},\"x\":{\"S\":\"b\"}}",
            "{\"PutRequest\":{\"S\":\"a\"},\"id\":{\"S\":\"a\"}}",
            "{\"DeleteRequest\":{\"Key\":{\"id\":{\"S\":\"a\"}}}}",
            "");
    Arbitrary<String> line =
        Combinators.combine(
                Arbitraries.frequencyOf(Tuple.of(3, item), Tuple.of(1, odd)),
                Arbitraries.of(
                    "%s",
                    "{\"Item\":%s}",
                    " {\"Item\" : %s } ",
                    "{\"PutRequest\":{\"Item\":%s}}",
                    "%s x"))
            .as((text, around) -> around.replace("%s", text));
    return line.list()
        .ofMaxSize(6)
        .map(lines -> "{\"a\":{\"S\":\"\"}}\n" + String.join("\n", lines));
  }
}
