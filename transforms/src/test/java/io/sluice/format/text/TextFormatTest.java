/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.text;

import static io.sluice.source.Records.item;
import static io.sluice.source.Records.refused;
import static io.sluice.source.Records.skipped;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.item.Reason;
import io.sluice.source.Records;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class TextFormatTest {
  private static final TextFormat FORMAT = new TextFormat("line", 0);

  private static Map<String, AttributeValue> line(String text) {
    return Map.of("line", fromS(text));
  }

  @Test
  void aLineIsAnAttribute() throws IOException {
    assertThat(
        Records.of(FORMAT, "a,\"b\n\r\n  c\rd \n"),
        contains(item(0, line("a,\"b")), item(5, line("")), item(7, line("  c\rd "))));
    assertThat(Records.of(FORMAT, "\ufeffx"), contains(item(3, line("x"))));
    assertThat(Records.of(FORMAT, ""), empty());
  }

  @Test
  void shortLinesAreSkippedByTheirCodePoints() throws IOException {
    assertThat(
        Records.of(
            new TextFormat("line", 2), "a\n\u00e9\n\ud83d\ude00\nab\n\ud83d\ude00\u00e9\n\n"),
        contains(
            skipped(0),
            skipped(2),
            skipped(5),
            item(10, line("ab")),
            item(13, line("\ud83d\ude00\u00e9")),
            skipped(20)));
  }

  @Test
  void bytesThatAreNotUtf8() throws IOException {
    byte[] file = "ab\ncd\nef\n".getBytes(UTF_8);
    file[4] = (byte) 0xFF;
    assertThat(
        Records.of(FORMAT, file),
        contains(item(0, line("ab")), refused(3, Reason.NOT_UTF8), item(6, line("ef"))));
    byte[] surrogate = {(byte) 0xED, (byte) 0xA0, (byte) 0x80};
    assertThat(Records.of(FORMAT, surrogate), contains(refused(0, Reason.NOT_UTF8)));
    byte[] overlong = {(byte) 0xC0, (byte) 0x80};
    assertThat(Records.of(FORMAT, overlong), contains(refused(0, Reason.NOT_UTF8)));
  }

  @Test
  void aFileCanBeReadFromItsMiddle() throws IOException {
    byte[] file = "abcd\nef\n".getBytes(UTF_8);
    assertThat(FORMAT.splittable(file), is(true));
    assertThat(Records.between(FORMAT, file, 0, 4), contains(item(0, line("abcd"))));
    assertThat(Records.between(FORMAT, file, 4, 8), contains(item(5, line("ef"))));
  }

  @Test
  void settingsThatCannotBe() {
    assertThrows(IllegalArgumentException.class, () -> new TextFormat("", 0));
    assertThrows(IllegalArgumentException.class, () -> new TextFormat("line", -1));
  }
}
