/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  /** Answers, as they come at once and as they come byte by byte. */
  private static List<AnswerReader> readers(String bytes) {
    InputStream slow =
        new FilterInputStream(new ByteArrayInputStream(bytes.getBytes(ISO_8859_1))) {
          @Override
          public int read(byte[] to, int offset, int most) throws IOException {
            return super.read(to, offset, Math.min(1, most));
          }
        };
    return List.of(
        new AnswerReader(new ByteInput(new ByteArrayInputStream(bytes.getBytes(ISO_8859_1)))),
        new AnswerReader(new ByteInput(slow)));
  }

  private static void assertRead(String bytes, int status, String body, long keptNanos)
      throws IOException {
    for (AnswerReader reader : readers(bytes)) {
      Answer answer = reader.read();
      assertThat(answer.status(), is(status));
      assertThat(new String(answer.body(), UTF_8), is(body));
      assertThat(reader.keptNanos(), is(keptNanos));
    }
  }

  private static void assertKept(String bytes, String body) throws IOException {
    assertRead(bytes, 200, body, Long.MAX_VALUE);
  }

  private static void assertNotKept(String bytes, String body) throws IOException {
    assertRead(bytes, 200, body, 0);
  }

  private static void assertFails(String bytes, Class<? extends IOException> failure) {
    for (AnswerReader reader : readers(bytes)) {
      assertThrows(failure, reader::read);
      assertThat(reader.keptNanos(), is(0L));
    }
  }

  @Test
  void bodiesWithALength() throws IOException {
    assertKept(OK + "Content-Length: 5\r\n\r\nhello", "hello");
    assertKept(OK + "content-length:0\r\n\r\n", "");
    assertKept("HTTP/1.1 200\nContent-Length: 1\n\nx", "x");
    String large = "0123456789".repeat(30_000);
    assertKept(OK + "Content-Length: 300000\r\n\r\n" + large, large);
  }

  @Test
  void bodiesInChunks() throws IOException {
    String chunked = OK + "Transfer-Encoding: Chunked\r\n\r\n";
    assertKept(chunked + "3\r\nhel\r\n0002;a=b\r\nlo\r\n0\r\n\r\n", "hello");
    assertKept(chunked + "A\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n", "0123456789");
    assertKept(chunked + "0\r\n\r\n", "");
  }

  @Test
  void bodiesToTheEndOfTheConnection() throws IOException {
    assertNotKept(OK + "\r\nhello", "hello");
    assertNotKept(OK + "\r\n", "");
  }

  @Test
  void answersWithoutABody() throws IOException {
    assertRead("HTTP/1.1 204 No Content\r\n\r\n", 204, "", Long.MAX_VALUE);
    assertRead("HTTP/1.1 304 \r\nContent-Length: 9\r\n\r\n", 304, "", Long.MAX_VALUE);
  }

  @Test
  void interimAnswersAreSkipped() throws IOException {
    String interim = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n";
    assertKept(interim + OK + "Content-Length: 2\r\n\r\nok", "ok");
    assertFails("HTTP/1.1 100 Continue\r\n\r\n".repeat(50), ProtocolException.class);
    assertFails("HTTP/1.1 101 Switching\r\n\r\n" + OK + "\r\n", ProtocolException.class);
  }

  @Test
  void theServerSaysWhetherTheConnectionIsKept() throws IOException {
    String end = "Content-Length: 1\r\n\r\nx";
    assertNotKept(OK + "Connection: close\r\n" + end, "x");
    assertNotKept(OK + "connection: foo, Close\r\n" + end, "x");
    assertNotKept("HTTP/1.0 200 OK\r\n" + end, "x");
    assertKept("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\n" + end, "x");
    assertRead(OK + "Keep-Alive: max=9, timeout=5\r\n" + end, 200, "x", 5_000_000_000L);
    assertKept(OK + "Keep-Alive: timeout=soon\r\n" + end, "x");
  }

  @Test
  void aConnectionWithMoreThanTheAnswerIsNotKept() throws IOException {
    AnswerReader reader = readers(OK + "Content-Length: 1\r\n\r\nx" + OK).get(0);
    assertThat(new String(reader.read().body(), UTF_8), is("x"));
    assertThat(reader.keptNanos(), is(0L));
    assertNotKept(
        OK + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n", "x");
  }

  @Test
  void headersAreFoundWhateverTheirCase() throws IOException {
    for (AnswerReader reader :
        readers(OK + "X-One:  a b \r\nX-Two: a\r\n\t b\r\nx-one: c\r\nX-Empty:\r\n\r\n")) {
      Answer answer = reader.read();
      assertThat(answer.first("x-ONE"), is(Optional.of("a b")));
      assertThat(answer.first("X-Two"), is(Optional.of("a b")));
      assertThat(answer.first("X-Empty"), is(Optional.of("")));
      assertThat(answer.first("X-Three"), is(Optional.empty()));
      assertThat(answer.headers().size(), is(4));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\nContent-",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\nhell",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n",
      })
  void answersThatEndTooEarlyFail(String bytes) {
    assertFails(bytes, EOFException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH\r\n",
        "HTTP/2 200 OK\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 099 OK\r\n\r\n",
        "HTTP/1.1 +20 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nName : x\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\n folded: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxy",
        "HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 9999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n0\r\n\r\n",
      })
  void answersThatAreNoneFail(String bytes) {
    assertFails(bytes, ProtocolException.class);
  }

  @Test
  void headsHaveALimit() {
    String line = "X: " + "x".repeat(1_000) + "\r\n";
    assertFails(OK + line.repeat(100), ProtocolException.class);
    assertFails("HTTP/1.1 200 " + "x".repeat(100_000), ProtocolException.class);
  }

  @Test
  void aLengthTakesNoMemoryBeforeTheBytesArrive() {
    ByteInput in = new ByteInput(new ByteArrayInputStream(new byte[10]));
    assertThrows(EOFException.class, () -> in.bytes(Integer.MAX_VALUE - 8L));
  }
}
