/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.json;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.format.dynamodbjson.DynamoDbJsonFormat;
import io.sluice.format.stream.StreamFormat;
import io.sluice.source.FormatDetector;
import io.sluice.source.Reads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The cause is named once, and in words. */
class JsonMessagesTest {
  private static final JsonFormat JSON = JsonFormat.withColumns(Map.of());
  private static final DynamoDbJsonFormat TYPED = new DynamoDbJsonFormat();

  @Test
  void aNameThatIsThereTwiceIsNamedAsThat() {
    for (String record :
        List.of("{\"a\":1,\"secret\":2,\"secret\":3}", "{\"a\":{\"b\":1,\"b\":2}}")) {
      String message = Reads.all(JSON, record).get(0).message();
      assertThat(
          message.replaceAll("[0-9]+", "N"),
          is("an object has a name twice, near byte N of the record"));
    }
    assertThat(
        Reads.all(TYPED, "{\"a\":{\"S\":\"x\"},\"a\":{\"S\":\"x\"}}").get(0).message(),
        startsWith("an object has a name twice"));
    assertThat(Reads.all(JSON, "{\"a\":1,,}").get(0).message(), startsWith("not valid JSON near"));
  }

  @Test
  void aFileOfUtf16IsRefusedOnce() {
    String text = "{\"id\":\"1\",\"a\":2}\n".repeat(100);
    byte[] littleEndian = text.getBytes(UTF_16LE);
    byte[] bigEndian = text.getBytes(UTF_16BE);
    byte[] littleMarked = ("\uFEFF" + text).getBytes(UTF_16LE);
    byte[] bigMarked = ("\uFEFF" + text).getBytes(UTF_16BE);
    for (byte[] file : List.of(littleEndian, bigEndian, littleMarked, bigMarked)) {
      for (StreamFormat format : List.of(JSON, TYPED)) {
        IOException e =
            assertThrows(IOException.class, () -> format.open(new ByteArrayInputStream(file)));
        assertThat(e.getMessage(), is("it is UTF-16, and only UTF-8 is read: convert it before"));
      }
      assertThat(
          FormatDetector.detect("x.json", file),
          equalTo(
              new FormatDetector.Refused(
                  "x.json cannot be read: it is UTF-16, and only UTF-8 is read: convert it"
                      + " before")));
    }
    assertThat(JsonText.isUtf16(text.getBytes(UTF_8)), is(false));
    assertThat(JsonText.isUtf16(new byte[16]), is(false));
  }
}
