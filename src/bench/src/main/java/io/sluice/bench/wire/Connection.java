/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;

/**
 * Speaks HTTP/1.1 over one connection that is kept, with requests that are bytes already, so that
 * the client takes as little of the machine as it can.
 */
final class Connection implements AutoCloseable {

  private static final int MAX_LINE = 8192;

  private final Socket socket;
  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int end;
  private byte[] body = new byte[1 << 16];
  private int length;

  private Connection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  /** Connects to a server. */
  static Connection to(URI endpoint) throws IOException {
    Socket socket = new Socket(endpoint.getHost(), endpoint.getPort());
    socket.setTcpNoDelay(true);
    return new Connection(socket);
  }

  /** Makes the bytes of a request; nothing of it is signed, though it says so. */
  static byte[] request(URI endpoint, String operation, String body) {
    byte[] content = body.getBytes(UTF_8);
    byte[] head =
        ("POST / HTTP/1.1\r\nHost: "
                + endpoint.getAuthority()
                + "\r\nX-Amz-Target: DynamoDB_20120810."
                + operation
                + "\r\nContent-Type: application/x-amz-json-1.0\r\nX-Amz-Date: 20260101T000000Z"
                + "\r\nAuthorization: AWS4-HMAC-SHA256 Credential=key/20260101/us-east-1/dynamodb/"
                + "aws4_request, SignedHeaders=host;x-amz-date, Signature="
                + "0".repeat(64)
                + "\r\nContent-Length: "
                + content.length
                + "\r\n\r\n")
            .getBytes(ISO_8859_1);
    byte[] request = Arrays.copyOf(head, head.length + content.length);
    System.arraycopy(content, 0, request, head.length, content.length);
    return request;
  }

  /**
   * Sends a request, and reads the answer into {@link #body}.
   *
   * @throws IOException also when the status of the answer is not 200
   */
  void send(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    String status = line();
    long contentLength = 0;
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        contentLength = Long.parseLong(header.substring(15).trim());
      }
      chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
    }
    length = 0;
    if (chunked) {
      readChunks();
    } else {
      read((int) contentLength);
    }
    if (!status.startsWith("HTTP/1.1 200")) {
      throw new IOException(status + ": " + new String(body, 0, length, UTF_8));
    }
  }

  private void readChunks() throws IOException {
    for (int size = chunk(); size > 0; size = chunk()) {
      read(size);
      line();
    }
    line();
  }

  private int chunk() throws IOException {
    return Integer.parseInt(line().trim(), 16);
  }

  private void read(int count) throws IOException {
    if (body.length - length < count) {
      body = Arrays.copyOf(body, Math.max(2 * body.length, length + count));
    }
    int left = count;
    while (left > 0) {
      int part = Math.min(left, end - at);
      if (part > 0) {
        System.arraycopy(buffer, at, body, length, part);
        at += part;
      } else {
        part = in.read(body, length, left);
        if (part < 0) {
          throw new EOFException("the server closed the connection within an answer");
        }
      }
      length += part;
      left -= part;
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.length() < MAX_LINE) {
      if (at == end) {
        end = in.read(buffer);
        at = 0;
        if (end < 0) {
          throw new EOFException("the server closed the connection");
        }
      }
      char next = (char) (buffer[at++] & 0xFF);
      if (next == '\n') {
        return line.toString();
      }
      if (next != '\r') {
        line.append(next);
      }
    }
    throw new IOException("a line of an answer's head is longer than " + MAX_LINE);
  }

  /** Gives what comes between two texts in the body of the last answer, or null. */
  String between(String before, String after) {
    int from = find(before.getBytes(UTF_8), 0);
    if (from < 0) {
      return null;
    }
    int begin = from + before.length();
    return new String(body, begin, find(after.getBytes(UTF_8), begin) - begin, UTF_8);
  }

  private int find(byte[] wanted, int from) {
    for (int i = from; i <= length - wanted.length; i++) {
      if (body[i] == wanted[0]
          && Arrays.equals(body, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
