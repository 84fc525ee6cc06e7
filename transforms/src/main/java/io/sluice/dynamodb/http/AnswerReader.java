/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.http;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.sluice.dynamodb.http.Answer.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the answers of one connection, as RFC 9112 has them: with a length, in chunks, or to the
 * end of the connection. Interim answers are skipped.
 */
final class AnswerReader {
  private static final int MAX_HEAD = 64 << 10;
  private static final int MAX_INTERIM = 8;
  private static final int MAX_CHUNK_LINE = 4 << 10;
  private static final int FIRST_BYTES = 8 << 10;

  /** The longest hexadecimal and decimal numbers that surely fit a {@code long}. */
  private static final int HEX_DIGITS = 15;

  private static final int DECIMAL_DIGITS = 18;

  private static final Pattern TIMEOUT = Pattern.compile("(?i)\\btimeout=(\\d{1,9})\\b");

  private final ByteInput in;
  private long keptNanos;

  AnswerReader(ByteInput in) {
    this.in = in;
  }

  /**
   * Returns how long the connection may be kept for another request after the last answer, as far
   * as the answer says; 0 when it may not.
   */
  long keptNanos() {
    return keptNanos;
  }

  Answer read() throws IOException {
    keptNanos = 0;
    for (int i = 0; i <= MAX_INTERIM; i++) {
      String first = in.line(MAX_HEAD);
      int status = status(first);
      List<Header> headers = headers();
      if (status >= 200) {
        return new Answer(status, headers, body(first, status, headers));
      }
      if (status == 101) {
        break;
      }
    }
    throw new ProtocolException("the server does not answer the request");
  }

  private static int status(String line) throws ProtocolException {
    boolean known =
        line.startsWith("HTTP/1.")
            && line.length() >= 12
            && line.charAt(8) == ' '
            && (line.length() == 12 || line.charAt(12) == ' ');
    int status = known ? (int) number(line.substring(9, 12), 10) : 0;
    if (status < 100 || status > 599) {
      throw new ProtocolException("the answer is not HTTP/1");
    }
    return status;
  }

  private List<Header> headers() throws IOException {
    List<Header> headers = new ArrayList<>();
    int left = MAX_HEAD;
    while (true) {
      String line = in.line(left);
      if (line.isEmpty()) {
        return headers;
      }
      left -= line.length();
      int last = headers.size() - 1;
      int colon = line.indexOf(':');
      if (last >= 0 && (line.charAt(0) == ' ' || line.charAt(0) == '\t')) {
        Header begun = headers.get(last);
        headers.set(last, new Header(begun.name(), begun.value() + ' ' + line.strip()));
      } else if (colon > 0 && line.charAt(0) > ' ' && line.charAt(colon - 1) > ' ') {
        headers.add(new Header(line.substring(0, colon), line.substring(colon + 1).strip()));
      } else {
        throw new ProtocolException("the answer has a header without a name");
      }
    }
  }

  private byte[] body(String first, int status, List<Header> headers) throws IOException {
    Optional<String> coding = Answer.first(headers, "Transfer-Encoding");
    long length = length(headers);
    byte[] body;
    if (status == 204 || status == 304) {
      body = new byte[0];
    } else if (coding.isPresent()) {
      if (!coding.get().equalsIgnoreCase("chunked")) {
        throw new ProtocolException("the answer has an unknown transfer coding");
      }
      body = chunks();
    } else if (length >= 0) {
      body = in.bytes(length);
    } else {
      return in.rest();
    }
    // Two lengths, or bytes that nobody asked for: something on the way is confused.
    if (!in.hasMore() && (coding.isEmpty() || length < 0)) {
      keptNanos = kept(first, headers);
    }
    return body;
  }

  private static long length(List<Header> headers) throws ProtocolException {
    long length = -1;
    for (Header header : headers) {
      if (header.name().equalsIgnoreCase("Content-Length")) {
        long value = number(header.value(), 10);
        if (length >= 0 && length != value) {
          throw new ProtocolException("the answer has two lengths");
        }
        length = value;
      }
    }
    return length;
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(FIRST_BYTES);
    while (true) {
      String line = in.line(MAX_CHUNK_LINE);
      int semicolon = line.indexOf(';');
      long size = number((semicolon < 0 ? line : line.substring(0, semicolon)).strip(), 16);
      if (size == 0) {
        headers();
        return body.toByteArray();
      }
      in.copy(size, body);
      if (!in.line(2).isEmpty()) {
        throw new ProtocolException("the answer has a chunk of another length");
      }
    }
  }

  private static long number(String digits, int radix) throws ProtocolException {
    boolean valid =
        !digits.isEmpty() && digits.length() <= (radix == 16 ? HEX_DIGITS : DECIMAL_DIGITS);
    for (int i = 0; i < digits.length(); i++) {
      valid &= digits.charAt(i) < 128 && Character.digit(digits.charAt(i), radix) >= 0;
    }
    if (!valid) {
      throw new ProtocolException("the answer has an unreadable number in its head");
    }
    return Long.parseLong(digits, radix);
  }

  private static long kept(String first, List<Header> headers) {
    boolean kept = !first.startsWith("HTTP/1.0");
    long seconds = Long.MAX_VALUE;
    for (Header header : headers) {
      if (header.name().equalsIgnoreCase("Connection")) {
        for (String option : header.value().toLowerCase(Locale.ROOT).split(",", -1)) {
          kept = (kept || option.strip().equals("keep-alive")) && !option.strip().equals("close");
        }
      } else if (header.name().equalsIgnoreCase("Keep-Alive")) {
        Matcher timeout = TIMEOUT.matcher(header.value());
        seconds = timeout.find() ? Long.parseLong(timeout.group(1)) : seconds;
      }
    }
    return kept ? SECONDS.toNanos(seconds) : 0;
  }
}
